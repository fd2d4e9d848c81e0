#include "node/numeric_arrays.h"

#include <algorithm>
#include <array>

namespace async_com {

namespace {

constexpr std::array<NumericArrayType, 10> kTypes{{
    {napi_int8_array, VT_I1, 1},
    {napi_uint8_array, VT_UI1, 1},
    {napi_int16_array, VT_I2, 2},
    {napi_uint16_array, VT_UI2, 2},
    {napi_int32_array, VT_I4, 4},
    {napi_uint32_array, VT_UI4, 4},
    {napi_bigint64_array, VT_I8, 8},
    {napi_biguint64_array, VT_UI8, 8},
    {napi_float32_array, VT_R4, 4},
    {napi_float64_array, VT_R8, 8},
}};

template <typename Matches>
const NumericArrayType* Find(Matches matches) noexcept {
  const auto* const found = std::find_if(kTypes.data(), kTypes.data() + kTypes.size(), matches);
  return found == kTypes.data() + kTypes.size() ? nullptr : found;
}

}  // namespace

const NumericArrayType* NumericArrayTypeOf(napi_typedarray_type js) noexcept {
  return Find([js](const NumericArrayType& one) { return one.js == js; });
}

const NumericArrayType* NumericArrayTypeOf(VARTYPE type) noexcept {
  if (type == VT_INT) {
    type = VT_I4;
  } else if (type == VT_UINT) {
    type = VT_UI4;
  }
  return Find([type](const NumericArrayType& one) { return one.type == type; });
}

}  // namespace async_com
