#pragma once

#include <napi.h>

namespace async_com {

// Adds to the addon's exports what only tests need; test/support/fault-build.ts declares it.
void AddTestFunctions(Napi::Env env, Napi::Object exports);

}  // namespace async_com
