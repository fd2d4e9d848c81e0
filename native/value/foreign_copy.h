#pragma once

#include <windows.h>

#include <oaidl.h>

namespace async_com {

// Copies a value that another program has given, and follows a reference (VT_BYREF). `copy` is
// empty before, and stays so if this fails.
//
// VariantCopyInd trusts what it copies. This function first looks whether it can be copied:
// - A reference to nothing, and one to a reference to a VARIANT, is E_INVALIDARG.
// - An array that is not of the type that its VARIANT says, or whose elements have another size,
//   is DISP_E_TYPEMISMATCH. So are a record and arrays in arrays that are nested too deeply.
// - A type that no VARIANT can have is DISP_E_BADVARTYPE.
//
// What a reference in an array refers to is not copied, and still belongs to the other program.
HRESULT CopyForeign(VARIANT& copy, const VARIANT& given) noexcept;

}  // namespace async_com
