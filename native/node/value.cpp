#include "node/value.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include "com/win32_error.h"
#include "node/utf16.h"

namespace async_com {

namespace {

// VT_DATE counts days from 1899-12-30. JavaScript counts milliseconds from 1970-01-01.
constexpr double kEpochInDays = 25569.0;
constexpr double kMillisecondsADay = 86400000.0;
// The range of VT_DATE: the years 100 to 9999.
constexpr double kFirstDay = -657434.0;
constexpr double kDayAfterLast = 2958466.0;

[[noreturn]] void Refuse(Napi::Env env, const std::string& path, const std::string& why) {
  throw Napi::TypeError::New(env, path + " " + why);
}

std::string ElementPath(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

// Before 1899-12-30 the whole part of a VT_DATE counts backwards, but its fraction still counts
// forwards. Only the division rounds, so that the same instant has the same bits from any client
// that does the same, such as .NET.
double DateFromMilliseconds(double milliseconds) {
  const double since = milliseconds + kEpochInDays * kMillisecondsADay;
  const double of_day = std::fmod(since, kMillisecondsADay);
  const double whole = since - of_day;
  return of_day >= 0
             ? since / kMillisecondsADay
             : (whole - kMillisecondsADay - (kMillisecondsADay + of_day)) / kMillisecondsADay;
}

double MillisecondsFromDate(double date) {
  const double whole = std::trunc(date);
  const double days = whole + std::fabs(date - whole);
  return std::round((days - kEpochInDays) * kMillisecondsADay);
}

SAFEARRAY* BytesFromJs(const Napi::Uint8Array& bytes, const std::string& path) {
  if (bytes.ByteLength() > std::size_t{std::numeric_limits<LONG>::max()}) {
    Refuse(bytes.Env(), path, "has more bytes than a SAFEARRAY can hold");
  }
  SafeArray array = SafeArray::Create(VT_UI1, static_cast<ULONG>(bytes.ByteLength()));
  if (bytes.ByteLength() > 0) {
    const LockedElements elements(array.Get(), VT_UI1);
    std::memcpy(elements.As<BYTE>(), bytes.Data(), bytes.ByteLength());
  }
  return array.Detach();
}

Variant FromJs(const Napi::Value& value, const std::string& path, unsigned depth);

SafeArray ArrayFromJs(const Napi::Array& values, const std::string& path, unsigned depth) {
  if (depth == kDeepestNesting) {
    Refuse(values.Env(), path, "is nested too deeply");
  }
  const std::uint32_t length = values.Length();
  if (length > std::numeric_limits<ULONG>::max() / sizeof(VARIANT)) {
    Refuse(values.Env(), path, "has more elements than a SAFEARRAY can hold");
  }
  SafeArray array = SafeArray::Create(VT_VARIANT, length);
  const LockedElements elements(array.Get(), VT_VARIANT);
  for (std::uint32_t index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(values.Env());
    const Napi::Value element = values.Get(index);
    elements.As<VARIANT>()[index] = FromJs(element, ElementPath(path, index), depth + 1).Detach();
  }
  return array;
}

void NumberFromJs(double number, VARIANT& out) {
  const auto whole =
      static_cast<std::int32_t>(number >= std::numeric_limits<std::int32_t>::min() &&
                                        number <= std::numeric_limits<std::int32_t>::max()
                                    ? number
                                    : 0.5);
  // VT_I4 has no minus zero.
  if (whole == number && !(whole == 0 && std::signbit(number))) {
    out.vt = VT_I4;
    out.lVal = whole;
  } else {
    out.vt = VT_R8;
    out.dblVal = number;
  }
}

void BigIntFromJs(const Napi::BigInt& bigint, VARIANT& out, const std::string& path) {
  bool lossless = false;
  out.vt = VT_I8;
  out.llVal = bigint.Int64Value(&lossless);
  if (!lossless) {
    out.vt = VT_UI8;
    out.ullVal = bigint.Uint64Value(&lossless);
  }
  if (!lossless) {
    out.vt = VT_EMPTY;
    Refuse(bigint.Env(), path, "is a bigint of more than 64 bits");
  }
}

void DateFromJs(const Napi::Date& date, VARIANT& out, const std::string& path) {
  const double milliseconds = date.ValueOf();
  const double day = DateFromMilliseconds(milliseconds);
  // Written so that an invalid date, whose value is NaN, is refused as well.
  if (!(day > kFirstDay - 1 && day < kDayAfterLast)) {
    Refuse(date.Env(), path, "is a Date that VT_DATE cannot hold (years 100 to 9999)");
  }
  out.vt = VT_DATE;
  out.date = day;
}

std::string TypeName(const Napi::Value& value) {
  switch (value.Type()) {
    case napi_symbol:
      return "a symbol";
    case napi_function:
      return "a function";
    default:
      break;
  }
  std::string name;
  try {
    const Napi::Value constructor = value.As<Napi::Object>().Get("constructor");
    if (constructor.IsFunction()) {
      const Napi::Value its_name = constructor.As<Napi::Function>().Get("name");
      name = its_name.IsString() ? its_name.As<Napi::String>().Utf8Value() : std::string();
    }
  } catch (const Napi::Error&) {
    // A getter of the object threw. The error message then has no name.
  }
  return name.empty() ? "an object" : "an object (" + name + ")";
}

Variant FromJs(const Napi::Value& value, const std::string& path, unsigned depth) {
  Variant variant;
  VARIANT& out = *variant.Put();
  switch (value.Type()) {
    case napi_undefined:
      return variant;
    case napi_null:
      out.vt = VT_NULL;
      return variant;
    case napi_boolean:
      out.vt = VT_BOOL;
      out.boolVal = value.As<Napi::Boolean>() ? VARIANT_TRUE : VARIANT_FALSE;
      return variant;
    case napi_number:
      NumberFromJs(value.As<Napi::Number>().DoubleValue(), out);
      return variant;
    case napi_bigint:
      BigIntFromJs(value.As<Napi::BigInt>(), out, path);
      return variant;
    case napi_string:
      out.bstrVal = BstrFromJs(value).Detach();
      out.vt = VT_BSTR;
      return variant;
    default:
      break;
  }
  if (value.IsDate()) {
    DateFromJs(value.As<Napi::Date>(), out, path);
  } else if (value.IsArray()) {
    out.parray = ArrayFromJs(value.As<Napi::Array>(), path, depth).Detach();
    out.vt = VT_ARRAY | VT_VARIANT;
  } else if (value.IsTypedArray() &&
             value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    out.parray = BytesFromJs(value.As<Napi::Uint8Array>(), path);
    out.vt = VT_ARRAY | VT_UI1;
  } else {
    Refuse(value.Env(), path,
           "is " + TypeName(value) +
               ": only undefined, null, booleans, numbers, bigints of 64 bits, strings, Dates, "
               "Uint8Arrays and arrays of these can be sent");
  }
  return variant;
}

// The elements of an array that came from elsewhere. Refuses an array that does not match the type
// of its VARIANT.
LockedElements ElementsOf(Napi::Env env, SAFEARRAY* array, VARTYPE type, const std::string& path) {
  if (array != nullptr && SafeArrayGetDim(array) != 1) {
    Refuse(env, path, "is an array of more than one dimension");
  }
  try {
    return LockedElements(array, type);
  } catch (const WindowsFailure& failure) {
    Refuse(env, path, std::string("is an array that cannot be read: ") + failure.what());
  }
}

Napi::Value CopyBytes(Napi::Env env, SAFEARRAY* array, const std::string& path) {
  const LockedElements elements = ElementsOf(env, array, VT_UI1, path);
  return Napi::Buffer<BYTE>::Copy(env, elements.As<BYTE>(), elements.Length());
}

// Makes a buffer that owns the SAFEARRAY. Hosts that allow no external buffers get a copy.
Napi::Value MoveBytes(Napi::Env env, SafeArray array, const std::string& path) {
  std::unique_ptr<LockedElements> elements(
      new LockedElements(ElementsOf(env, array.Get(), VT_UI1, path)));
  BYTE* const data = elements->As<BYTE>();
  const ULONG length = elements->Length();
  if (length == 0) {
    return Napi::Buffer<BYTE>::New(env, 0);
  }
  struct Owner {
    SafeArray array;
    std::unique_ptr<LockedElements> elements;  // unlocks before the array is destroyed
  };
  auto owner = std::make_unique<Owner>(Owner{std::move(array), std::move(elements)});
  return Napi::Buffer<BYTE>::NewOrCopy(
      env, data, length, [](Napi::Env, BYTE*, Owner* hint) { delete hint; }, owner.release());
}

Napi::Value ToJs(Napi::Env env, const VARIANT& value, const std::string& path, unsigned depth);

Napi::Array VariantsToJs(Napi::Env env, SAFEARRAY* array, const std::string& path, unsigned depth) {
  if (depth == kDeepestNesting) {
    Refuse(env, path, "is nested too deeply");
  }
  const LockedElements elements = ElementsOf(env, array, VT_VARIANT, path);
  auto values = Napi::Array::New(env, elements.Length());
  for (ULONG index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(env);
    values.Set(index,
               ToJs(env, elements.As<VARIANT>()[index], ElementPath(path, index), depth + 1));
  }
  return values;
}

Napi::Value ArrayToJs(Napi::Env env, SAFEARRAY* array, VARTYPE type, const std::string& path,
                      unsigned depth) {
  if (type == VT_VARIANT) {
    return VariantsToJs(env, array, path, depth);
  }
  const LockedElements elements = ElementsOf(env, array, type, path);
  const UINT size = SafeArrayGetElemsize(array);
  auto values = Napi::Array::New(env, elements.Length());
  for (ULONG index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(env);
    // The element is borrowed: the array still owns what the element points to.
    VARIANT element;
    VariantInit(&element);
    element.vt = type;
    std::memcpy(&element.llVal, elements.As<BYTE>() + std::size_t{index} * size,
                size < sizeof element.llVal ? size : sizeof element.llVal);
    values.Set(index, ToJs(env, element, ElementPath(path, index), depth + 1));
  }
  return values;
}

Napi::Value MoveToJs(Napi::Env env, Variant value, const std::string& path, unsigned depth);

Napi::Value ToJs(Napi::Env env, const VARIANT& value, const std::string& path, unsigned depth) {
  switch (value.vt) {
    case VT_EMPTY:
      return env.Undefined();
    case VT_NULL:
      return env.Null();
    case VT_BOOL:
      return Napi::Boolean::New(env, value.boolVal != VARIANT_FALSE);
    case VT_I1:
      return Napi::Number::New(env, static_cast<signed char>(value.cVal));
    case VT_UI1:
      return Napi::Number::New(env, value.bVal);
    case VT_I2:
      return Napi::Number::New(env, value.iVal);
    case VT_UI2:
      return Napi::Number::New(env, value.uiVal);
    case VT_I4:
    case VT_INT:
      return Napi::Number::New(env, value.lVal);
    case VT_UI4:
    case VT_UINT:
      return Napi::Number::New(env, value.ulVal);
    case VT_R4:
      return Napi::Number::New(env, static_cast<double>(value.fltVal));
    case VT_R8:
      return Napi::Number::New(env, value.dblVal);
    case VT_I8:
      return Napi::BigInt::New(env, static_cast<std::int64_t>(value.llVal));
    case VT_UI8:
      return Napi::BigInt::New(env, static_cast<std::uint64_t>(value.ullVal));
    case VT_BSTR:
      return BstrToJs(env, value.bstrVal);
    case VT_DATE:
      return Napi::Date::New(env, MillisecondsFromDate(value.date));
    case VT_ARRAY | VT_UI1:
      return CopyBytes(env, value.parray, path);
    case VT_ERROR:
      // Automation sends this for an optional argument that was left out.
      if (value.scode == DISP_E_PARAMNOTFOUND) {
        return env.Undefined();
      }
      break;
    default:
      break;
  }
  const auto element = static_cast<VARTYPE>(value.vt & VT_TYPEMASK);
  if (value.vt == (VT_ARRAY | element) && value.parray != nullptr && element != VT_DECIMAL) {
    return ArrayToJs(env, value.parray, element, path, depth);
  }
  // Some headers declare the source parameter of these two functions without const.
  auto* const source = const_cast<VARIANT*>(&value);
  if ((value.vt & VT_BYREF) != 0 && value.byref != nullptr) {
    Variant dereferenced;
    if (SUCCEEDED(VariantCopyInd(dereferenced.Put(), source)) &&
        (dereferenced.Get().vt & VT_BYREF) == 0) {
      return MoveToJs(env, std::move(dereferenced), path, depth);
    }
  }
  // Currency and decimal values become numbers, as far as a number holds them.
  if (value.vt == VT_CY || value.vt == VT_DECIMAL) {
    Variant number;
    if (SUCCEEDED(VariantChangeTypeEx(number.Put(), source, LOCALE_INVARIANT, 0, VT_R8))) {
      return Napi::Number::New(env, number.Get().dblVal);
    }
  }
  Refuse(env, path,
         "is a VARIANT of type " + std::to_string(value.vt) + ", which has no value in JavaScript");
}

Napi::Value MoveToJs(Napi::Env env, Variant value, const std::string& path, unsigned depth) {
  if (value.Get().vt == (VT_ARRAY | VT_UI1) && SafeArrayGetDim(value.Get().parray) == 1) {
    return MoveBytes(env, SafeArray(value.Detach().parray), path);
  }
  if (value.Get().vt == (VT_ARRAY | VT_VARIANT) && SafeArrayGetDim(value.Get().parray) == 1) {
    if (depth == kDeepestNesting) {
      Refuse(env, path, "is nested too deeply");
    }
    const SafeArray array(value.Detach().parray);
    const LockedElements elements = ElementsOf(env, array.Get(), VT_VARIANT, path);
    auto values = Napi::Array::New(env, elements.Length());
    for (ULONG index = 0; index < elements.Length(); ++index) {
      const Napi::HandleScope scope(env);
      Variant element;
      std::swap(*element.Put(), elements.As<VARIANT>()[index]);
      values.Set(index, MoveToJs(env, std::move(element), ElementPath(path, index), depth + 1));
    }
    return values;
  }
  return ToJs(env, value.Get(), path, depth);
}

}  // namespace

Variant VariantFromJs(const Napi::Value& value, const std::string& path) {
  return FromJs(value, path, 0);
}

SafeArray ArgumentsFromJs(const Napi::Array& values, const std::string& path) {
  return ArrayFromJs(values, path, 0);
}

Napi::Value VariantToJs(Napi::Env env, Variant value, const std::string& path) {
  return MoveToJs(env, std::move(value), path, 0);
}

Napi::Value BorrowedToJs(Napi::Env env, const VARIANT& value, const std::string& path) {
  return ToJs(env, value, path, 1);
}

Napi::Array ArgumentsToJs(Napi::Env env, SAFEARRAY* arguments, const std::string& path) {
  return VariantsToJs(env, arguments, path, 0);
}

}  // namespace async_com
