#pragma once

#include <napi.h>

#include <windows.h>

#include <oaidl.h>

#include "node/value_path.h"
#include "value/variant.h"

namespace async_com {

// Converts objects in values, as the ObjectContext of the environment says. Call them on the
// JavaScript thread. They call no object of another process.

// Returns the JavaScript object behind an object of the context's own server, otherwise a
// RemoteObject. `value` is a VT_DISPATCH or a VT_UNKNOWN. A null pointer becomes null. Throws a
// Napi::TypeError if there is no context.
Napi::Value ObjectToJs(Napi::Env env, const VARIANT& value, const ValuePath& path);

// Returns a VT_DISPATCH, or a VT_UNKNOWN for an enumerator. `value` is what JavaScript sends as an
// object: lib/native/value-functions.ts decides. Throws a Napi::TypeError if it cannot be sent.
Variant LocalObjectFromJs(const Napi::Object& value, const ValuePath& path);
Variant RemoteObjectFromJs(const Napi::Object& native, const ValuePath& path);

}  // namespace async_com
