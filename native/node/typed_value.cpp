#include "node/typed_value.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "com/wine.h"
#include "node/numeric_arrays.h"
#include "node/utf16.h"
#include "value/decimal.h"

namespace async_com {

namespace {

// The largest array that Automation makes: SafeArrayCreate counts bytes in 32 bits.
constexpr std::size_t kMostBytes = std::numeric_limits<LONG>::max();
constexpr unsigned kMostDimensions = 60;

std::string Described(const Napi::Value& value) {
  switch (value.Type()) {
    case napi_undefined:
    case napi_null:
    case napi_boolean:
    case napi_number:
    case napi_bigint: {
      std::string text = value.ToString();
      constexpr std::size_t kMost = 60;
      if (text.size() > kMost) {
        text.resize(kMost);
        text.append("…");
      }
      return text;
    }
    case napi_string: {
      const std::string text = value.ToString();
      constexpr std::size_t kMost = 40;
      return text.size() > kMost ? "a long string" : "'" + text + "'";
    }
    case napi_symbol:
      return "a symbol";
    case napi_function:
      return "a function";
    default:
      return value.IsDate() ? "a Date" : value.IsArray() ? "an array" : "an object";
  }
}

[[noreturn]] void Refuse(const Napi::Value& value, VARTYPE type, const ValuePath& path,
                         std::string_view takes) {
  std::string why = "is ";
  why.append(Described(value))
      .append(": ")
      .append(NameOfType(type))
      .append(" takes ")
      .append(takes);
  path.Refuse(value.Env(), why);
}

// An integer that a type may or may not hold.
struct Integer {
  bool negative = false;
  std::uint64_t magnitude = 0;
};

std::optional<Integer> IntegerOf(const Napi::Value& value) {
  if (value.IsBigInt()) {
    bool lossless = false;
    const auto bigint = value.As<Napi::BigInt>();
    const std::int64_t number = bigint.Int64Value(&lossless);
    if (lossless && number < 0) {
      return Integer{true, 0 - static_cast<std::uint64_t>(number)};
    }
    const std::uint64_t positive = bigint.Uint64Value(&lossless);
    return lossless ? std::optional(Integer{false, positive}) : std::nullopt;
  }
  if (!value.IsNumber()) {
    return std::nullopt;
  }
  // A larger number may have been rounded before it came here.
  constexpr double kMostSafe = 9007199254740991.0;
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(std::fabs(number) <= kMostSafe) || std::trunc(number) != number) {
    return std::nullopt;
  }
  return Integer{number < 0, static_cast<std::uint64_t>(std::fabs(number))};
}

template <typename Number>
Number IntegerFromJs(const Napi::Value& value, VARTYPE type, const ValuePath& path) {
  using Limits = std::numeric_limits<Number>;
  const std::optional<Integer> integer = IntegerOf(value);
  const auto most = static_cast<std::uint64_t>(Limits::max());
  const std::uint64_t most_negative = std::is_signed_v<Number> ? most + 1 : 0;
  if (!integer || integer->magnitude > (integer->negative ? most_negative : most)) {
    const char* const which = sizeof(Number) == 8 ? ": a bigint, or a safe integer" : "";
    std::string takes = "an integer from ";
    takes.append(std::to_string(Limits::min())).append(" to ");
    takes.append(std::to_string(Limits::max())).append(which);
    Refuse(value, type, path, takes);
  }
  return static_cast<Number>(integer->negative ? 0 - integer->magnitude : integer->magnitude);
}

SCODE ErrorFromJs(const Napi::Value& value, const ValuePath& path) {
  const std::optional<Integer> integer = IntegerOf(value);
  if (!integer || integer->magnitude > (integer->negative ? 0x80000000U : 0xFFFFFFFFU)) {
    Refuse(value, VT_ERROR, path, "an integer of 32 bits");
  }
  return static_cast<SCODE>(
      static_cast<std::uint32_t>(integer->negative ? 0 - integer->magnitude : integer->magnitude));
}

double FloatFromJs(const Napi::Value& value, VARTYPE type, const ValuePath& path) {
  if (!value.IsNumber()) {
    Refuse(value, type, path, "a number");
  }
  return value.As<Napi::Number>().DoubleValue();
}

float SingleFromJs(const Napi::Value& value, const ValuePath& path) {
  const double number = FloatFromJs(value, VT_R4, path);
  if (std::isfinite(number) && std::fabs(number) > double{std::numeric_limits<float>::max()}) {
    Refuse(value, VT_R4, path, "a number from -3.4028234663852886e38 to 3.4028234663852886e38");
  }
  return static_cast<float>(number);
}

// Reads a decimal number with `read`, and refuses what it does not read exactly.
template <typename Number>
Number DecimalFromJs(const Napi::Value& value, VARTYPE type, const ValuePath& path,
                     DecimalReading (*read)(std::string_view, Number&), const char* range) {
  Number number{};
  DecimalReading how = DecimalReading::kNoNumber;
  if (value.IsString() || value.IsNumber() || value.IsBigInt()) {
    const std::string text = value.ToString();
    how = read(text, number);
  }
  if (how != DecimalReading::kDone) {
    Refuse(value, type, path, range);
  }
  return number;
}

constexpr char kCurrencyRange[] =
    "a decimal number from -922337203685477.5808 to 922337203685477.5807 with at most 4 decimals: "
    "a string, a number or a bigint";
constexpr char kDecimalRange[] =
    "a decimal number of at most 28 digits, or of 29 below 79228162514264337593543950336: a "
    "string, "
    "a number or a bigint";

Variant ScalarFromJs(const Napi::Value& value, VARTYPE type, const ValuePath& path) {
  Variant variant;
  VARIANT out{};
  switch (type) {
    case VT_I1:
      out.cVal = static_cast<CHAR>(IntegerFromJs<signed char>(value, type, path));
      break;
    case VT_UI1:
      out.bVal = IntegerFromJs<BYTE>(value, type, path);
      break;
    case VT_I2:
      out.iVal = IntegerFromJs<SHORT>(value, type, path);
      break;
    case VT_UI2:
      out.uiVal = IntegerFromJs<USHORT>(value, type, path);
      break;
    case VT_I4:
    case VT_INT:
      out.lVal = IntegerFromJs<LONG>(value, type, path);
      break;
    case VT_UI4:
    case VT_UINT:
      out.ulVal = IntegerFromJs<ULONG>(value, type, path);
      break;
    case VT_I8:
      out.llVal = IntegerFromJs<LONGLONG>(value, type, path);
      break;
    case VT_UI8:
      out.ullVal = IntegerFromJs<ULONGLONG>(value, type, path);
      break;
    case VT_R4:
      out.fltVal = SingleFromJs(value, path);
      break;
    case VT_R8:
      out.dblVal = FloatFromJs(value, type, path);
      break;
    case VT_CY:
      out.cyVal = DecimalFromJs<CY>(value, type, path, ReadCurrency, kCurrencyRange);
      break;
    case VT_DECIMAL:
      out.decVal = DecimalFromJs<DECIMAL>(value, type, path, ReadDecimal, kDecimalRange);
      break;
    case VT_DATE:
      if (!value.IsDate()) {
        Refuse(value, type, path, "a Date");
      }
      return DateFromJs(value.As<Napi::Date>(), path);
    case VT_BSTR:
      if (!value.IsString()) {
        Refuse(value, type, path, "a string");
      }
      out.bstrVal = BstrFromJs(value).Detach();
      break;
    case VT_BOOL:
      if (!value.IsBoolean()) {
        Refuse(value, type, path, "a boolean");
      }
      out.boolVal = value.As<Napi::Boolean>() ? VARIANT_TRUE : VARIANT_FALSE;
      break;
    case VT_ERROR:
      out.scode = ErrorFromJs(value, path);
      break;
    case VT_DISPATCH:
    case VT_UNKNOWN:
      if (!value.IsNull()) {
        Variant object = FromJs(value, path, 0);
        if (object.Get().vt != VT_DISPATCH && object.Get().vt != VT_UNKNOWN) {
          Refuse(value, type, path, "an object or null");
        }
        return object;
      }
      break;
    default:
      path.Refuse(value.Env(), "is of type " + std::to_string(type) + ", which cannot be sent");
  }
  // A DECIMAL covers the type.
  out.vt = type;
  *variant.Put() = out;
  return variant;
}

Variant ElementFromJs(const Napi::Value& value, VARTYPE type, const ValuePath& path,
                      unsigned depth) {
  return type == VT_VARIANT ? FromJs(value, path, depth) : ScalarFromJs(value, type, path);
}

// Makes a SAFEARRAY from arrays in arrays, which must be as long as their neighbours.
class ArrayMaker {
 public:
  ArrayMaker(VARTYPE type, unsigned depth) : type_(type), depth_(depth) {}

  SafeArray Make(const Napi::Value& value, unsigned dimensions, const ValuePath& path) {
    std::size_t count = 1;
    Napi::Value first = value;
    for (unsigned dimension = 0; dimension < dimensions; ++dimension) {
      // The length of what an empty array contains is not known.
      const bool known = dimension == 0 || bounds_.back().cElements > 0;
      const std::uint32_t length = known ? LengthOf(first, path) : 0;
      bounds_.push_back({length, 0});
      strides_.push_back(count);
      count *= length;
      if (count > kMostBytes / SizeOfElement(type_)) {
        path.Refuse(value.Env(), "has more elements than a SAFEARRAY can hold");
      }
      if (length > 0) {
        first = first.As<Napi::Object>().Get(0U);
      }
    }
    SafeArray array = SafeArray::Create(type_, bounds_);
    const LockedArray elements(array.Get(), type_);
    data_ = elements.Data();
    size_ = elements.ElementSize();
    if (count > 0) {
      Fill(value, 0, 0, path);
    }
    return array;
  }

 private:
  static std::uint32_t LengthOf(const Napi::Value& value, const ValuePath& path) {
    if (value.IsArray()) {
      return value.As<Napi::Array>().Length();
    }
    if (value.IsTypedArray()) {
      const std::size_t length = value.As<Napi::TypedArray>().ElementLength();
      if (length <= kMostBytes) {
        return static_cast<std::uint32_t>(length);
      }
    }
    path.Refuse(value.Env(), "is " + Described(value) +
                                 ": an array is expected, for each dimension one in another");
  }

  void Fill(const Napi::Value& value, std::size_t dimension, std::size_t at,
            const ValuePath& path) {
    const std::uint32_t expected = bounds_[dimension].cElements;
    if (const std::uint32_t length = LengthOf(value, path); length != expected) {
      std::string why = "has the length ";
      why.append(std::to_string(length)).append(", and the arrays beside it have ");
      path.Refuse(value.Env(), why.append(std::to_string(expected)));
    }
    const auto values = value.As<Napi::Object>();
    for (std::uint32_t index = 0; index < expected; ++index) {
      const Napi::HandleScope scope(value.Env());
      const Napi::Value element = values.Get(index);
      const std::size_t there = at + index * strides_[dimension];
      const ValuePath element_path = path.Element(index);
      if (dimension + 1 < bounds_.size()) {
        Fill(element, dimension + 1, there, element_path);
      } else {
        Put(ElementFromJs(element, type_, element_path, depth_ + 1), there);
      }
    }
  }

  void Put(Variant element, std::size_t index) noexcept {
    VARIANT moved = element.Detach();
    const void* from = &moved.llVal;
    if (type_ == VT_VARIANT) {
      from = &moved;
    } else if (type_ == VT_DECIMAL) {
      moved.decVal.wReserved = 0;
      from = &moved.decVal;
    }
    std::memcpy(data_ + index * size_, from, size_);
  }

  const VARTYPE type_;
  const unsigned depth_;
  std::vector<SAFEARRAYBOUND> bounds_;
  std::vector<std::size_t> strides_;
  BYTE* data_ = nullptr;
  std::size_t size_ = 0;
};

bool HasBytesOf(const Napi::Value& value, VARTYPE element) {
  if (!value.IsTypedArray()) {
    return false;
  }
  const auto* const type = NumericArrayTypeOf(value.As<Napi::TypedArray>().TypedArrayType());
  return type != nullptr && type->type == element;
}

}  // namespace

const char* NameOfType(VARTYPE type) noexcept {
  switch (type) {
    case VT_I1:
      return "VT_I1";
    case VT_UI1:
      return "VT_UI1";
    case VT_I2:
      return "VT_I2";
    case VT_UI2:
      return "VT_UI2";
    case VT_I4:
      return "VT_I4";
    case VT_UI4:
      return "VT_UI4";
    case VT_I8:
      return "VT_I8";
    case VT_UI8:
      return "VT_UI8";
    case VT_INT:
      return "VT_INT";
    case VT_UINT:
      return "VT_UINT";
    case VT_R4:
      return "VT_R4";
    case VT_R8:
      return "VT_R8";
    case VT_CY:
      return "VT_CY";
    case VT_DECIMAL:
      return "VT_DECIMAL";
    case VT_DATE:
      return "VT_DATE";
    case VT_BSTR:
      return "VT_BSTR";
    case VT_BOOL:
      return "VT_BOOL";
    case VT_ERROR:
      return "VT_ERROR";
    case VT_DISPATCH:
      return "VT_DISPATCH";
    case VT_UNKNOWN:
      return "VT_UNKNOWN";
    default:
      return "VT_VARIANT";
  }
}

Variant TypedFromJs(const Napi::Value& value, VARTYPE type, unsigned dimensions,
                    const ValuePath& path, unsigned depth) {
  if ((type & VT_ARRAY) == 0 && type != VT_VARIANT) {
    return ScalarFromJs(value, type, path);
  }
  // The value of a VT_VARIANT may be of a type of its own, too.
  CheckDepth(value.Env(), path, depth);
  if (type == VT_VARIANT) {
    return FromJs(value, path, depth + 1);
  }
  const auto element = static_cast<VARTYPE>(type & VT_TYPEMASK);
  if (SizeOfElement(element) == 0 || type != (VT_ARRAY | element) || dimensions == 0 ||
      dimensions > kMostDimensions) {
    path.Refuse(value.Env(), "is of type " + std::to_string(type) + ", which cannot be sent");
  }
  if ((element == VT_DECIMAL || element == VT_ERROR) && WineVersion() != nullptr) {
    path.Refuse(value.Env(), std::string("is an array of ") + NameOfType(element) +
                                 ": Wine loses its elements. Send an array of t.variant");
  }
  SafeArray array = dimensions == 1 && HasBytesOf(value, element)
                        ? NumbersFromJs(value.As<Napi::TypedArray>(), path)
                        : ArrayMaker(element, depth).Make(value, dimensions, path);
  Variant variant;
  VARIANT& out = *variant.Put();
  out.vt = type;
  out.parray = array.Detach();
  return variant;
}

}  // namespace async_com
