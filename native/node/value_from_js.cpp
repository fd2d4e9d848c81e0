#include <napi.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/addon_data.h"
#include "node/numeric_arrays.h"
#include "node/object_values.h"
#include "node/typed_value.h"
#include "node/utf16.h"
#include "node/value.h"
#include "node/value_path.h"
#include "value/date.h"
#include "value/dictionary_array.h"

namespace async_com {

namespace {

constexpr char kTooMany[] = "has more elements than a SAFEARRAY can hold";

VARIANT& Set(Variant& variant, VARTYPE type) noexcept {
  VARIANT& out = *variant.Put();
  out.vt = type;
  return out;
}

Variant OwnArray(VARTYPE element, SafeArray array) noexcept {
  Variant variant;
  Set(variant, static_cast<VARTYPE>(VT_ARRAY | element)).parray = array.Detach();
  return variant;
}

SafeArray ArrayFromJs(const Napi::Array& values, const ValuePath& path, unsigned depth) {
  CheckDepth(values.Env(), path, depth);
  const std::uint32_t length = values.Length();
  if (length > std::numeric_limits<ULONG>::max() / sizeof(VARIANT)) {
    path.Refuse(values.Env(), kTooMany);
  }
  SafeArray array = SafeArray::Create(VT_VARIANT, length);
  const LockedElements elements(array.Get(), VT_VARIANT);
  for (std::uint32_t index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(values.Env());
    elements.As<VARIANT>()[index] =
        FromJs(values.Get(index), path.Element(index), depth + 1).Detach();
  }
  return array;
}

SafeArray DictionaryFromJs(DictionaryKind kind, const Napi::Array& keys, const Napi::Array& values,
                           const ValuePath& path, unsigned depth) {
  const Napi::Env env = keys.Env();
  CheckDepth(env, path, depth);
  const std::uint32_t length = keys.Length();
  if (length > std::numeric_limits<ULONG>::max() / sizeof(VARIANT) / 2) {
    path.Refuse(env, kTooMany);
  }
  SafeArray array = NewDictionaryArray(kind, length);
  const LockedArray elements(array.Get(), VT_VARIANT);
  for (std::uint32_t index = 0; index < length; ++index) {
    const Napi::HandleScope scope(env);
    const Napi::Value key = keys.Get(index);
    elements.As<VARIANT>()[index] = FromJs(key, path.Key(index), depth + 1).Detach();
    elements.As<VARIANT>()[std::size_t{length} + index] =
        FromJs(values.Get(index),
               kind == DictionaryKind::kMap ? path.Entry(key, index) : path.Property(key),
               depth + 1)
            .Detach();
  }
  return array;
}

Variant NumberFromJs(double number) noexcept {
  Variant variant;
  const auto whole =
      static_cast<std::int32_t>(number >= std::numeric_limits<std::int32_t>::min() &&
                                        number <= std::numeric_limits<std::int32_t>::max()
                                    ? number
                                    : 0.5);
  // VT_I4 has no minus zero.
  if (whole == number && !(whole == 0 && std::signbit(number))) {
    Set(variant, VT_I4).lVal = whole;
  } else {
    Set(variant, VT_R8).dblVal = number;
  }
  return variant;
}

Variant BigIntFromJs(const Napi::BigInt& bigint, const ValuePath& path) {
  Variant variant;
  bool lossless = false;
  Set(variant, VT_I8).llVal = bigint.Int64Value(&lossless);
  if (!lossless) {
    Set(variant, VT_UI8).ullVal = bigint.Uint64Value(&lossless);
  }
  if (!lossless) {
    path.Refuse(bigint.Env(), "is a bigint of more than 64 bits");
  }
  return variant;
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

// What lib/native/value-functions.ts says of an object.
enum class Parts : std::uint32_t { kObject, kMap, kTyped, kLocalObject, kRemoteObject };

std::optional<Variant> PartsFromJs(const Napi::Object& object, const ValuePath& path,
                                   unsigned depth) {
  const Napi::FunctionReference& parts_of = AddonData::Of(object.Env()).values.parts_of;
  const Napi::Value found = parts_of.IsEmpty() ? object.Env().Null() : parts_of.Call({object});
  if (!found.IsArray()) {
    return std::nullopt;
  }
  const auto parts = found.As<Napi::Array>();
  const auto kind = static_cast<Parts>(parts.Get(0U).ToNumber().Uint32Value());
  if (kind == Parts::kLocalObject) {
    return LocalObjectFromJs(parts.Get(1U).As<Napi::Object>(), path);
  }
  if (kind == Parts::kRemoteObject) {
    return RemoteObjectFromJs(parts.Get(1U).As<Napi::Object>(), path);
  }
  if (kind == Parts::kTyped) {
    const auto type = static_cast<VARTYPE>(parts.Get(1U).ToNumber().Uint32Value());
    const unsigned dimensions = parts.Get(2U).ToNumber().Uint32Value();
    return TypedFromJs(parts.Get(3U), type, dimensions, path, depth);
  }
  return OwnArray(VT_VARIANT, DictionaryFromJs(kind == Parts::kMap ? DictionaryKind::kMap
                                                                   : DictionaryKind::kObject,
                                               parts.Get(1U).As<Napi::Array>(),
                                               parts.Get(2U).As<Napi::Array>(), path, depth));
}

Variant ObjectFromJs(const Napi::Value& value, const ValuePath& path, unsigned depth) {
  if (value.IsArray()) {
    return OwnArray(VT_VARIANT, ArrayFromJs(value.As<Napi::Array>(), path, depth));
  }
  if (value.IsDate()) {
    return DateFromJs(value.As<Napi::Date>(), path);
  }
  if (value.IsTypedArray()) {
    const auto typed = value.As<Napi::TypedArray>();
    if (const auto* const type = NumericArrayTypeOf(typed.TypedArrayType())) {
      return OwnArray(type->type, NumbersFromJs(typed, path));
    }
  } else if (value.IsObject() && !value.IsFunction()) {
    if (auto variant = PartsFromJs(value.As<Napi::Object>(), path, depth)) {
      return std::move(*variant);
    }
  }
  path.Refuse(value.Env(), "is " + TypeName(value) +
                               ": only undefined, null, booleans, numbers, bigints of 64 bits, "
                               "strings, Dates, typed arrays, values of t, what comObject() "
                               "returns, and arrays, plain objects and Maps of these can be sent");
}

}  // namespace

void CheckDepth(Napi::Env env, const ValuePath& path, unsigned depth) {
  if (depth == kDeepestNesting) {
    path.Refuse(env, "is nested too deeply");
  }
}

Variant DateFromJs(const Napi::Date& date, const ValuePath& path) {
  const double day = DateFromMilliseconds(date.ValueOf());
  // An invalid date, whose value is NaN, is refused as well.
  if (!IsInRangeOfDate(day)) {
    path.Refuse(date.Env(), "is a Date that VT_DATE cannot hold (years 100 to 9999)");
  }
  Variant variant;
  Set(variant, VT_DATE).date = day;
  return variant;
}

Variant FromJs(const Napi::Value& value, const ValuePath& path, unsigned depth) {
  Variant variant;
  switch (value.Type()) {
    case napi_undefined:
      return variant;
    case napi_null:
      Set(variant, VT_NULL);
      return variant;
    case napi_boolean:
      Set(variant, VT_BOOL).boolVal = value.As<Napi::Boolean>() ? VARIANT_TRUE : VARIANT_FALSE;
      return variant;
    case napi_number:
      return NumberFromJs(value.As<Napi::Number>().DoubleValue());
    case napi_bigint:
      return BigIntFromJs(value.As<Napi::BigInt>(), path);
    case napi_string: {
      Bstr text = BstrFromJs(value);
      Set(variant, VT_BSTR).bstrVal = text.Detach();
      return variant;
    }
    default:
      return ObjectFromJs(value, path, depth);
  }
}

SafeArray NumbersFromJs(const Napi::TypedArray& values, const ValuePath& path) {
  const NumericArrayType* const type = NumericArrayTypeOf(values.TypedArrayType());
  const std::size_t size = values.ByteLength();
  if (size > std::size_t{std::numeric_limits<LONG>::max()}) {
    path.Refuse(values.Env(), "has more bytes than a SAFEARRAY can hold");
  }
  SafeArray array = SafeArray::Create(type->type, static_cast<ULONG>(values.ElementLength()));
  if (size > 0) {
    void* data = nullptr;
    const napi_status status =
        napi_get_typedarray_info(values.Env(), values, nullptr, nullptr, &data, nullptr, nullptr);
    NAPI_THROW_IF_FAILED_VOID(values.Env(), status);
    const LockedElements elements(array.Get(), type->type);
    std::memcpy(elements.As<BYTE>(), data, size);
  }
  return array;
}

Variant VariantFromJs(const Napi::Value& value, const std::string& path) {
  return FromJs(value, ValuePath(path), 0);
}

SafeArray ArgumentsFromJs(const Napi::Array& values, const std::string& path) {
  return ArrayFromJs(values, ValuePath(path), 0);
}

}  // namespace async_com
