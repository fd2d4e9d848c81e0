#pragma once

#include <napi.h>

#include <windows.h>

#include "node/value_path.h"
#include "value/variant.h"

namespace async_com {

// The parts of VariantFromJs (value.h). `depth` is how deep in arrays the value is.
Variant FromJs(const Napi::Value& value, const ValuePath& path, unsigned depth);
Variant DateFromJs(const Napi::Date& date, const ValuePath& path);
// The array must be one that NumericArrayTypeOf knows.
SafeArray NumbersFromJs(const Napi::TypedArray& values, const ValuePath& path);
void CheckDepth(Napi::Env env, const ValuePath& path, unsigned depth);

// Returns the name of a type of automation: "VT_I4". The type may not be an array.
const char* NameOfType(VARTYPE type) noexcept;

// Converts a value to `type`, as the sender says: a type of its own, or VT_ARRAY with the type of
// the elements. Refuses what the type cannot hold exactly. (A VT_R4 is rounded.)
Variant TypedFromJs(const Napi::Value& value, VARTYPE type, unsigned dimensions,
                    const ValuePath& path, unsigned depth);

}  // namespace async_com
