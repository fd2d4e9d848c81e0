#include "value/variant.h"

#include <limits>
#include <new>
#include <utility>

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

bool IsObject(VARTYPE type) noexcept { return type == VT_UNKNOWN || type == VT_DISPATCH; }

void Drop(IUnknown*& object) noexcept {
  if (IUnknown* const dropped = std::exchange(object, nullptr)) {
    dropped->Release();
  }
}

// Releases the objects in `value`. Checks first that the data matches the VARIANT's type, because a
// client can send any type with any data. Throws ComFailure for an array that does not match, and
// does not touch its elements.
void DropObjects(VARIANT& value, unsigned depth) {
  if (IsObject(value.vt)) {
    // Released through IUnknown, because IDispatch begins with it.
    Drop(value.punkVal);
    return;
  }
  const auto element = static_cast<VARTYPE>(value.vt & VT_TYPEMASK);
  if (value.vt != (VT_ARRAY | element) || depth == kDeepestNesting) {
    return;
  }
  if (IsObject(element)) {
    const LockedElements elements(value.parray, element);
    for (ULONG index = 0; index < elements.Length(); ++index) {
      Drop(elements.As<IUnknown*>()[index]);
    }
  } else if (element == VT_VARIANT) {
    const LockedElements elements(value.parray, element);
    for (ULONG index = 0; index < elements.Length(); ++index) {
      DropObjects(elements.As<VARIANT>()[index], depth + 1);
    }
  }
}

}  // namespace

void Variant::DropObjects() noexcept {
  try {
    async_com::DropObjects(value_, 0);
  } catch (const WindowsFailure&) {
    // The data does not match its type. The conversion to JavaScript will refuse it.
  }
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
