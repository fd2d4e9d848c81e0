#pragma once

#include <napi.h>

namespace async_com {

// Adds to the addon's exports the functions that only tests need. test/support/fault-build.ts
// declares them.
void AddTestFunctions(Napi::Env env, Napi::Object exports);

}  // namespace async_com
