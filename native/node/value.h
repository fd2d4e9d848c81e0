#pragma once

#include <napi.h>

#include <string>

#include "value/variant.h"

namespace async_com {

// These convert between JavaScript's values and VARIANTs: undefined (VT_EMPTY), null (VT_NULL),
// boolean, number (VT_I4 if it fits, otherwise VT_R8), bigint within 64 bits (VT_I8, above that
// VT_UI8), string (VT_BSTR), Date (VT_DATE, as UTC), Uint8Array (a VT_UI1 array), and arrays of
// these (a VT_VARIANT array).
//
// Call them on the JavaScript thread. These two throw a Napi::TypeError if a value cannot be
// converted. The error names the value by `path`, such as "arguments[1][0]".
Variant VariantFromJs(const Napi::Value& value, const std::string& path);
SafeArray ArgumentsFromJs(const Napi::Array& values, const std::string& path);

// These two throw a Napi::TypeError, or a ComFailure, if JavaScript has no such value. Bytes in the
// owned VARIANT are moved. What is read from the borrowed array is copied.
Napi::Value VariantToJs(Napi::Env env, Variant value, const std::string& path);
// Copies what the VARIANT holds.
Napi::Value BorrowedToJs(Napi::Env env, const VARIANT& value, const std::string& path);
Napi::Array ArgumentsToJs(Napi::Env env, SAFEARRAY* arguments, const std::string& path);

}  // namespace async_com
