#pragma once

#include <windows.h>

#include <oleauto.h>

namespace async_com {

HRESULT ConvertVariant(VARIANT& value, VARTYPE type, LCID locale) noexcept;

}  // namespace async_com
