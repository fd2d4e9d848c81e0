#pragma once

#include <napi.h>

namespace async_com {

// Adds the functions with which tests use the double of RPC's notifications.
// test/support/rpc-notifications.ts declares them.
void AddRpcNotificationFunctions(Napi::Env env, Napi::Object exports);

}  // namespace async_com
