#include "value/conversion.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "com/com_ptr.h"
#include "com/entry.h"
#include "com/win32_error.h"
#include "value/foreign_copy.h"
#include "value/variant.h"

namespace async_com {

namespace {

bool IsObject(VARTYPE type) noexcept { return type == VT_DISPATCH || type == VT_UNKNOWN; }

// The plain types that an argument, a result or an element can have.
bool IsPlain(VARTYPE type) noexcept { return type != VT_VARIANT && SizeOfElement(type) != 0; }

HRESULT ResultFor(HRESULT converted) noexcept {
  switch (converted) {
    case DISP_E_TYPEMISMATCH:
    case DISP_E_OVERFLOW:
    case DISP_E_BADVARTYPE:
    case E_OUTOFMEMORY:
      return converted;
    default:
      return FAILED(converted) ? DISP_E_TYPEMISMATCH : S_OK;
  }
}

Variant Object(IUnknown* referenced, VARTYPE type) noexcept {
  Variant object;
  object.Put()->vt = type;
  const_cast<VARIANT&>(object.Get()).punkVal = referenced;
  return object;
}

Variant ObjectFrom(const VARIANT& value, VARTYPE type) {
  if (value.vt == VT_EMPTY || value.vt == VT_NULL) {
    return Object(nullptr, type);
  }
  if (!IsObject(value.vt)) {
    throw ComFailure(DISP_E_TYPEMISMATCH, "ConvertVariant");
  }
  if (type == VT_UNKNOWN || value.vt == VT_DISPATCH || value.punkVal == nullptr) {
    // IDispatch begins with IUnknown.
    ComPtr<IUnknown> object(value.punkVal);
    return Object(object.Detach(), type);
  }
  ComPtr<IDispatch> object;
  ThrowIfFailed(ResultFor(value.punkVal->QueryInterface(IID_PPV_ARGS(&object))), "QueryInterface");
  return Object(object.Detach(), type);
}

struct Integer {
  bool negative = false;
  std::uint64_t magnitude = 0;
};

Integer FromSigned(std::int64_t number) noexcept {
  const auto bits = static_cast<std::uint64_t>(number);
  return {number < 0, number < 0 ? 0 - bits : bits};
}

std::optional<Integer> IntegerOf(const VARIANT& value) noexcept {
  switch (value.vt) {
    case VT_I1:
      return FromSigned(static_cast<signed char>(value.cVal));
    case VT_I2:
      return FromSigned(value.iVal);
    case VT_I4:
    case VT_INT:
      return FromSigned(value.lVal);
    case VT_I8:
      return FromSigned(value.llVal);
    case VT_UI1:
      return Integer{false, value.bVal};
    case VT_UI2:
      return Integer{false, value.uiVal};
    case VT_UI4:
    case VT_UINT:
      return Integer{false, value.ulVal};
    case VT_UI8:
      return Integer{false, value.ullVal};
    default:
      return std::nullopt;
  }
}

bool IsUnsigned(VARTYPE type) noexcept {
  return type == VT_UI1 || type == VT_UI2 || type == VT_UI4 || type == VT_UI8 || type == VT_UINT;
}

bool IsInteger(VARTYPE type) noexcept {
  return IsUnsigned(type) || type == VT_I1 || type == VT_I2 || type == VT_I4 || type == VT_I8 ||
         type == VT_INT;
}

// Not every host refuses these: Wine makes 4294967295 of -1, and 0 of NaN.
bool IsOutOfRange(const VARIANT& value, VARTYPE type) noexcept {
  if (!IsInteger(type)) {
    return false;
  }
  if (value.vt == VT_R4 || value.vt == VT_R8) {
    return value.vt == VT_R4 ? std::isnan(value.fltVal) : std::isnan(value.dblVal);
  }
  const std::optional<Integer> integer = IntegerOf(value);
  if (!integer) {
    return false;
  }
  const unsigned bits = 8 * SizeOfElement(type);
  const std::uint64_t all = std::numeric_limits<std::uint64_t>::max() >> (64 - bits);
  const std::uint64_t most = IsUnsigned(type) ? all : all >> 1;
  const std::uint64_t most_negative = IsUnsigned(type) ? 0 : most + 1;
  return integer->magnitude > (integer->negative ? most_negative : most);
}

Variant PlainFrom(const VARIANT& value, VARTYPE type, LCID locale) {
  if ((value.vt & VT_ARRAY) != 0 || IsObject(value.vt) || value.vt == VT_RECORD) {
    throw ComFailure(DISP_E_TYPEMISMATCH, "VariantChangeTypeEx");
  }
  if (IsOutOfRange(value, type)) {
    throw ComFailure(DISP_E_OVERFLOW, "VariantChangeTypeEx");
  }
  Variant converted;
  // Some headers declare the source without const.
  const HRESULT result = VariantChangeTypeEx(converted.Put(), const_cast<VARIANT*>(&value), locale,
                                             VARIANT_NOVALUEPROP, type);
  ThrowIfFailed(ResultFor(result), "VariantChangeTypeEx");
  return converted;
}

Variant Converted(const VARIANT& value, VARTYPE type, LCID locale);

// Makes a VARIANT of an element, which the array still owns.
VARIANT Borrowed(VARTYPE type, const BYTE* data, std::size_t size) noexcept {
  VARIANT element{};
  if (type == VT_VARIANT) {
    std::memcpy(&element, data, sizeof element);
  } else if (type == VT_DECIMAL) {
    std::memcpy(&element.decVal, data, sizeof element.decVal);
    element.vt = type;
  } else {
    std::memcpy(&element.llVal, data, size < sizeof element.llVal ? size : sizeof element.llVal);
    element.vt = type;
  }
  return element;
}

// Moves a value into an element of an array.
void Put(Variant value, VARTYPE type, BYTE* data, std::size_t size) noexcept {
  VARIANT moved = value.Detach();
  if (type == VT_VARIANT) {
    std::memcpy(data, &moved, sizeof moved);
  } else if (type == VT_DECIMAL) {
    moved.decVal.wReserved = 0;
    std::memcpy(data, &moved.decVal, sizeof moved.decVal);
  } else {
    std::memcpy(data, &moved.llVal, size);
  }
}

Variant Copy(const VARIANT& value) {
  Variant copy;
  if ((value.vt & VT_BYREF) != 0) {
    // It still belongs to the other program.
    *copy.Put() = value;
    return copy;
  }
  ThrowIfFailed(ResultFor(CopyForeign(*copy.Put(), value)), "VariantCopy");
  return copy;
}

std::vector<SAFEARRAYBOUND> BoundsOf(SAFEARRAY* array, const std::vector<ULONG>& lengths) {
  std::vector<SAFEARRAYBOUND> bounds;
  UINT dimension = 0;
  for (const ULONG length : lengths) {
    SAFEARRAYBOUND bound{length, 0};
    ThrowIfFailed(SafeArrayGetLBound(array, ++dimension, &bound.lLbound), "SafeArrayGetLBound");
    bounds.push_back(bound);
  }
  return bounds;
}

Variant ArrayFrom(const VARIANT& value, VARTYPE type, LCID locale) {
  const auto from = static_cast<VARTYPE>(value.vt & VT_TYPEMASK);
  if (value.vt != (VT_ARRAY | from)) {
    throw ComFailure(DISP_E_TYPEMISMATCH, "ConvertVariant");
  }
  Variant result;
  result.Put()->vt = static_cast<VARTYPE>(VT_ARRAY | type);
  if (value.parray == nullptr) {
    return result;
  }
  const LockedArray source(value.parray, from);
  SafeArray array = SafeArray::Create(type, BoundsOf(value.parray, source.Lengths()));
  {
    const LockedArray target(array.Get(), type);
    for (std::size_t index = 0; index < source.Count(); ++index) {
      const VARIANT element =
          Borrowed(from, source.Data() + index * source.ElementSize(), source.ElementSize());
      Put(type == VT_VARIANT ? Copy(element) : Converted(element, type, locale), type,
          target.Data() + index * target.ElementSize(), target.ElementSize());
    }
  }
  const_cast<VARIANT&>(result.Get()).parray = array.Detach();
  return result;
}

// An array may be of another type than its VARIANT says.
void CheckArray(const VARIANT& value) {
  const LockedArray checked(value.parray, static_cast<VARTYPE>(value.vt & VT_TYPEMASK));
}

Variant Converted(const VARIANT& value, VARTYPE type, LCID locale) {
  if ((value.vt & VT_BYREF) != 0) {
    Variant copy;
    ThrowIfFailed(ResultFor(CopyForeign(*copy.Put(), value)), "VariantCopyInd");
    return copy.Get().vt == type || type == VT_VARIANT ? std::move(copy)
                                                       : Converted(copy.Get(), type, locale);
  }
  if (value.vt == type && (type & VT_ARRAY) == 0) {
    return Copy(value);
  }
  if ((type & VT_ARRAY) != 0) {
    return ArrayFrom(value, static_cast<VARTYPE>(type & VT_TYPEMASK), locale);
  }
  return IsObject(type) ? ObjectFrom(value, type) : PlainFrom(value, type, locale);
}

}  // namespace

HRESULT ConvertVariant(VARIANT& value, VARTYPE type, LCID locale) noexcept {
  return Guarded([&] {
    const auto plain = static_cast<VARTYPE>(type & VT_TYPEMASK);
    const bool is_array = type == (VT_ARRAY | plain);
    if ((type != plain && !is_array) || (!IsPlain(plain) && plain != VT_VARIANT)) {
      return DISP_E_BADVARTYPE;
    }
    if (value.vt == type || (type == VT_VARIANT && (value.vt & VT_BYREF) == 0)) {
      if (is_array) {
        CheckArray(value);
      }
      return S_OK;
    }
    Variant converted = Converted(value, type, locale);
    // Destroys what the value held before.
    Variant before;
    std::swap(*before.Put(), value);
    value = converted.Detach();
    return S_OK;
  });
}

}  // namespace async_com
