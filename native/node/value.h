#pragma once

#include <napi.h>

#include <string>

#include "value/variant.h"

namespace async_com {

// The values that cross: undefined (VT_EMPTY), null (VT_NULL), boolean, number (VT_I4 where it is
// one, else VT_R8), bigint within 64 bits (VT_I8, above that VT_UI8), string (VT_BSTR), Date
// (VT_DATE, as UTC), Uint8Array (a VT_UI1 array), and arrays of these (a VT_VARIANT array).
//
// JavaScript thread. Both throw a Napi::TypeError that names the value by `path` where it cannot
// cross, "arguments[1][0]".
Variant VariantFromJs(const Napi::Value& value, const std::string& path);
SafeArray ArgumentsFromJs(const Napi::Array& values, const std::string& path);

// Throw a Napi::TypeError, or a ComFailure, where there is no such value in JavaScript. Bytes in
// the owned VARIANT are moved; what is read from the borrowed array is copied.
Napi::Value VariantToJs(Napi::Env env, Variant value, const std::string& path);
Napi::Array ArgumentsToJs(Napi::Env env, SAFEARRAY* arguments, const std::string& path);

}  // namespace async_com
