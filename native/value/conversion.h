#pragma once

#include <windows.h>

#include <oleauto.h>

namespace async_com {

// Converts a value in place to `type`: a plain type, or VT_ARRAY with the type of the elements, of
// any number of dimensions. If it fails, the value is unchanged.
//
// Plain values follow the rules of VariantChangeTypeEx with `locale`. Two are different, because no
// object is asked for its value:
// - VT_VARIANT accepts anything, and changes nothing.
// - VT_DISPATCH and VT_UNKNOWN accept objects, and VT_EMPTY and VT_NULL, which become null. Only
// for
//   VT_DISPATCH is an object of VT_UNKNOWN asked for its IDispatch.
// No integer becomes another one: one that is out of range is refused on every host, and so is NaN.
//
// What a reference (VT_BYREF) refers to is copied, and then converted.
//
// Returns DISP_E_TYPEMISMATCH if the type has no such value, DISP_E_OVERFLOW if the value is out of
// its range, DISP_E_BADVARTYPE if `type` is none of these types, and E_OUTOFMEMORY.
HRESULT ConvertVariant(VARIANT& value, VARTYPE type, LCID locale) noexcept;

}  // namespace async_com
