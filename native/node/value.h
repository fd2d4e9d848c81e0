#pragma once

#include <napi.h>

#include <string>

#include "value/variant.h"

namespace async_com {

// These convert between JavaScript's values and VARIANTs. docs/values.md has the table of them.
//
// Call them on the JavaScript thread. These two throw a Napi::TypeError if a value cannot be
// converted. The error names the value by `path`, such as "arguments[1][0]".
Variant VariantFromJs(const Napi::Value& value, const std::string& path);
SafeArray ArgumentsFromJs(const Napi::Array& values, const std::string& path);

// How VT_CY and VT_DECIMAL arrive: as the closest numbers, or exactly, as strings of decimal
// digits.
enum class ExactNumbers : bool { kNo, kYes };

// These throw a Napi::TypeError, or a ComFailure, if JavaScript has no such value. The numbers of
// an array in the owned VARIANT are moved. What is read from a borrowed value is copied.
Napi::Value VariantToJs(Napi::Env env, Variant value, const std::string& path,
                        ExactNumbers exact = ExactNumbers::kNo);
Napi::Value BorrowedVariantToJs(Napi::Env env, const VARIANT& value, const std::string& path,
                                ExactNumbers exact = ExactNumbers::kNo);
Napi::Array ArgumentsToJs(Napi::Env env, SAFEARRAY* arguments, const std::string& path);

}  // namespace async_com
