#include "value/variant.h"

#include <limits>
#include <new>

#include "com/win32_error.h"

namespace async_com {

Bstr::Bstr(std::wstring_view text) {
  if (text.size() > std::numeric_limits<UINT>::max()) {
    throw std::bad_alloc();
  }
  text_ = SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
  if (text_ == nullptr) {
    throw std::bad_alloc();
  }
}

Bstr Bstr::OfLength(UINT length) {
  Bstr text;
  text.text_ = SysAllocStringLen(nullptr, length);
  if (text.text_ == nullptr) {
    throw std::bad_alloc();
  }
  return text;
}

SafeArray SafeArray::Create(VARTYPE type, ULONG length) {
  SafeArray array(SafeArrayCreateVector(type, 0, length));
  if (array.Get() == nullptr) {
    throw std::bad_alloc();
  }
  return array;
}

LockedElements::LockedElements(SAFEARRAY* array, VARTYPE type) {
  if (array == nullptr) {
    return;
  }
  VARTYPE actual = VT_EMPTY;
  ThrowIfFailed(SafeArrayGetVartype(array, &actual), "SafeArrayGetVartype");
  if (actual != type || SafeArrayGetDim(array) != 1) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetVartype");
  }
  LONG lower = 0;
  LONG upper = -1;
  ThrowIfFailed(SafeArrayGetLBound(array, 1, &lower), "SafeArrayGetLBound");
  ThrowIfFailed(SafeArrayGetUBound(array, 1, &upper), "SafeArrayGetUBound");
  ThrowIfFailed(SafeArrayAccessData(array, &data_), "SafeArrayAccessData");
  array_ = array;
  length_ = static_cast<ULONG>(static_cast<LONGLONG>(upper) - lower + 1);
}

LockedElements::~LockedElements() {
  if (array_ != nullptr) {
    SafeArrayUnaccessData(array_);
  }
}

}  // namespace async_com
