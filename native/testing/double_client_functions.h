#pragma once

#include <napi.h>

namespace async_com {

// Adds the functions with which tests use the double of COM at the client. test/support/
// double-client.ts declares them.
void AddDoubleClientFunctions(Napi::Env env, Napi::Object exports);

}  // namespace async_com
