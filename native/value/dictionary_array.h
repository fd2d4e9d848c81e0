#pragma once

#include <windows.h>

#include <oleauto.h>

#include "value/variant.h"

namespace async_com {

// An object or a Map of JavaScript as a VARIANT: a SAFEARRAY of VARIANT with two dimensions. The
// first dimension has one element for each entry. The second has two: the key and the value. As the
// first dimension varies fastest, all keys come first in memory, and then all values. The lower
// bound of the second dimension says what the array stands for. No other array has such a bound.
// docs/values.md describes this for other clients, so the numbers never change.
enum class DictionaryKind : LONG {
  kNone = 0,
  kObject = 0x4F424A31,  // "OBJ1". Every key is a BSTR.
  kMap = 0x4D415031,     // "MAP1". A key is any value.
};

// Returns kNone for every other array, and for null.
DictionaryKind DictionaryKindOf(SAFEARRAY* array) noexcept;

// Does the same for a VARIANT: kNone if it holds no array of VARIANT.
DictionaryKind DictionaryKindOf(const VARIANT& value) noexcept;

// Makes an array for `entries` entries, which are empty. Throws as SafeArray::Create.
SafeArray NewDictionaryArray(DictionaryKind kind, ULONG entries);

}  // namespace async_com
