#pragma once

#include <napi.h>

namespace async_com {

// What the addon leaves to JavaScript when it converts values. lib/native/value-functions.ts has
// these functions, and gives them to the addon when it is loaded.
struct ValueFunctions {
  // partsOf(object): an array of a number and two values, or null for an object that cannot be
  // sent. The number says what the values are (lib/native/value-functions.ts).
  Napi::FunctionReference parts_of;
  Napi::FunctionReference make_object;  // (keys, values)
  Napi::FunctionReference make_map;     // (keys, values)
  Napi::FunctionReference make_error;   // (scode)
  Napi::FunctionReference make_remote;  // (nativeRemoteObject)
  // Returns the NativeServer whose objects a client sends.
  Napi::FunctionReference object_server;
};

// useValueFunctions(partsOf, makeObject, makeMap, makeError, makeRemote, objectServer)
void UseValueFunctions(const Napi::CallbackInfo& info);

}  // namespace async_com
