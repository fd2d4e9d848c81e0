#include "testing/double/in_data.h"

#include <cstddef>
#include <cstring>
#include <tuple>

#include "com/entry.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

constexpr int kFiller = 0xDD;

void OverwriteText(BSTR text) noexcept {
  if (text != nullptr) {
    std::memset(text, kFiller, SysStringByteLen(text));
  }
}

void OverwriteArray(SAFEARRAY* array);

// Keeps the type, so that the value can still be freed.
void OverwriteValue(VARIANT& value) {
  if (value.vt == VT_BSTR) {
    OverwriteText(value.bstrVal);
  } else if ((value.vt & VT_ARRAY) != 0 && (value.vt & VT_BYREF) == 0) {
    OverwriteArray(value.parray);
  } else if (value.vt != VT_UNKNOWN && value.vt != VT_DISPATCH && (value.vt & VT_BYREF) == 0) {
    std::memset(&value.llVal, kFiller, sizeof value.llVal);
  }
}

void OverwriteArray(SAFEARRAY* array) {
  VARTYPE type = VT_EMPTY;
  if (array == nullptr || FAILED(SafeArrayGetVartype(array, &type)) || type != VT_VARIANT ||
      SafeArrayGetDim(array) != 1) {
    return;
  }
  const LockedElements elements(array, VT_VARIANT);
  for (ULONG index = 0; index < elements.Length(); ++index) {
    OverwriteValue(elements.As<VARIANT>()[index]);
  }
}

SAFEARRAY* CopyOf(SAFEARRAY* array) {
  SAFEARRAY* copy = nullptr;
  if (array != nullptr) {
    ThrowIfFailed(SafeArrayCopy(array, &copy), "SafeArrayCopy");
  }
  return copy;
}

}  // namespace

InData::InData(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id)
    : method_(std::wstring_view(method, SysStringLen(method))),
      arguments_(CopyOf(arguments)),
      cancel_id_(cancel_id == nullptr ? std::nullopt : std::optional(*cancel_id)) {}

void InData::Overwrite() noexcept {
  OverwriteText(method_.Get());
  std::ignore = Guarded([this] {
    OverwriteArray(arguments_.Get());
    return S_OK;
  });
  if (cancel_id_) {
    std::memset(&*cancel_id_, kFiller, sizeof *cancel_id_);
  }
}

void InData::Free() noexcept {
  method_ = Bstr();
  arguments_ = SafeArray();
  cancel_id_.reset();
}

}  // namespace async_com
