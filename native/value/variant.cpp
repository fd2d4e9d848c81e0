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

namespace {

// Deeper ones JavaScript refuses.
constexpr unsigned kDeepest = 64;

void DropObjects(VARIANT& value, unsigned depth) noexcept {
  const auto drop = [](IUnknown*& object) {
    if (object != nullptr) {
      object->Release();
      object = nullptr;
    }
  };
  const VARTYPE element = value.vt & VT_TYPEMASK;
  const bool objects = element == VT_UNKNOWN || element == VT_DISPATCH;
  if (value.vt == element) {
    if (objects) {
      // As IUnknown, which IDispatch begins with.
      drop(value.punkVal);
    }
    return;
  }
  if (value.vt != (VT_ARRAY | element) || !(objects || element == VT_VARIANT) ||
      value.parray == nullptr || depth == kDeepest) {
    return;
  }
  void* data = nullptr;
  if (SafeArrayGetDim(value.parray) != 1 || FAILED(SafeArrayAccessData(value.parray, &data))) {
    return;
  }
  for (ULONG index = 0; index < value.parray->rgsabound[0].cElements; ++index) {
    if (objects) {
      drop(static_cast<IUnknown**>(data)[index]);
    } else {
      DropObjects(static_cast<VARIANT*>(data)[index], depth + 1);
    }
  }
  SafeArrayUnaccessData(value.parray);
}

}  // namespace

void Variant::DropObjects() noexcept { async_com::DropObjects(value_, 0); }

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
