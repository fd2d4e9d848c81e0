#include "value/foreign_copy.h"

#include <oleauto.h>

#include "com/entry.h"
#include "com/win32_error.h"
#include "value/variant.h"

namespace async_com {

namespace {

[[noreturn]] void Refuse(HRESULT why) { throw ComFailure(why, "VariantCopyInd"); }

bool IsPlain(VARTYPE type) noexcept {
  return type == VT_EMPTY || type == VT_NULL || (type != VT_VARIANT && SizeOfElement(type) != 0);
}

void CheckValue(const VARIANT& value, unsigned depth);

void CheckArray(SAFEARRAY* array, VARTYPE element, unsigned depth) {
  if (element == VT_RECORD) {
    Refuse(DISP_E_TYPEMISMATCH);
  }
  if (SizeOfElement(element) == 0) {
    Refuse(DISP_E_BADVARTYPE);
  }
  const LockedArray elements(array, element);
  if (element != VT_VARIANT) {
    return;
  }
  if (depth >= kDeepestNesting) {
    Refuse(DISP_E_TYPEMISMATCH);
  }
  for (const VARIANT& one : elements.As<VARIANT>()) {
    // A reference in an array is copied as it is. Who reads it looks at it.
    if ((one.vt & VT_BYREF) == 0) {
      CheckValue(one, depth + 1);
    }
  }
}

void CheckValue(const VARIANT& value, unsigned depth) {
  const auto element = static_cast<VARTYPE>(value.vt & VT_TYPEMASK);
  if (value.vt == VT_RECORD) {
    Refuse(DISP_E_TYPEMISMATCH);
  }
  if (value.vt == (VT_ARRAY | element)) {
    CheckArray(value.parray, element, depth);
  } else if (!IsPlain(value.vt)) {
    Refuse(DISP_E_BADVARTYPE);
  }
}

void CheckReferred(const VARIANT& reference) {
  if (reference.byref == nullptr) {
    Refuse(E_INVALIDARG);
  }
  const auto type = static_cast<VARTYPE>(reference.vt & ~VT_BYREF);
  const auto element = static_cast<VARTYPE>(type & VT_TYPEMASK);
  if (type == VT_RECORD) {
    Refuse(DISP_E_TYPEMISMATCH);
  }
  if (type == (VT_ARRAY | element)) {
    CheckArray(*reference.pparray, element, 0);
  } else if (SizeOfElement(type) == 0) {
    Refuse(DISP_E_BADVARTYPE);
  }
}

void Check(const VARIANT& given) {
  if (given.vt != (VT_BYREF | VT_VARIANT)) {
    (given.vt & VT_BYREF) != 0 ? CheckReferred(given) : CheckValue(given, 0);
    return;
  }
  if (given.pvarVal == nullptr || given.pvarVal->vt == (VT_BYREF | VT_VARIANT)) {
    Refuse(E_INVALIDARG);
  }
  Check(*given.pvarVal);
}

}  // namespace

HRESULT CopyForeign(VARIANT& copy, const VARIANT& given) noexcept {
  return Guarded([&] {
    Check(given);
    Variant made;
    // Some headers declare the source without const.
    const HRESULT copied = VariantCopyInd(made.Put(), const_cast<VARIANT*>(&given));
    if (FAILED(copied)) {
      return copied;
    }
    copy = made.Detach();
    return S_OK;
  });
}

}  // namespace async_com
