#include "value/conversion.h"

namespace async_com {

HRESULT ConvertVariant(VARIANT& value, VARTYPE type, LCID locale) noexcept {
  if (type == VT_VARIANT || value.vt == type) return S_OK;
  if (value.vt == VT_DISPATCH || value.vt == VT_UNKNOWN) return DISP_E_TYPEMISMATCH;
  return VariantChangeTypeEx(&value, &value, locale, 0, type);
}

}  // namespace async_com
