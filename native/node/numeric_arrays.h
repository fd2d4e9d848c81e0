#pragma once

#include <napi.h>

#include <windows.h>

#include <oleauto.h>

#include <cstddef>

namespace async_com {

// A typed array of JavaScript, and the type of the SAFEARRAY that has the same bytes.
struct NumericArrayType {
  napi_typedarray_type js;
  VARTYPE type;
  std::size_t element_size;
};

// They return null for a type without numbers.
const NumericArrayType* NumericArrayTypeOf(napi_typedarray_type js) noexcept;
// VT_INT and VT_UINT are as VT_I4 and VT_UI4.
const NumericArrayType* NumericArrayTypeOf(VARTYPE type) noexcept;

}  // namespace async_com
