#include "value/dictionary_array.h"

#include <array>

namespace async_com {

DictionaryKind DictionaryKindOf(SAFEARRAY* array) noexcept {
  VARTYPE type = VT_EMPTY;
  LONG lower = 0;
  LONG upper = 0;
  if (array == nullptr || SafeArrayGetDim(array) != 2 ||
      FAILED(SafeArrayGetVartype(array, &type)) || type != VT_VARIANT ||
      FAILED(SafeArrayGetLBound(array, 2, &lower)) ||
      FAILED(SafeArrayGetUBound(array, 2, &upper)) || static_cast<LONGLONG>(upper) - lower != 1) {
    return DictionaryKind::kNone;
  }
  const auto kind = static_cast<DictionaryKind>(lower);
  return kind == DictionaryKind::kObject || kind == DictionaryKind::kMap ? kind
                                                                         : DictionaryKind::kNone;
}

DictionaryKind DictionaryKindOf(const VARIANT& value) noexcept {
  return value.vt == (VT_ARRAY | VT_VARIANT) ? DictionaryKindOf(value.parray)
                                             : DictionaryKind::kNone;
}

SafeArray NewDictionaryArray(DictionaryKind kind, ULONG entries) {
  const std::array<SAFEARRAYBOUND, 2> bounds{{{entries, 0}, {2, static_cast<LONG>(kind)}}};
  return SafeArray::Create(VT_VARIANT, bounds);
}

}  // namespace async_com
