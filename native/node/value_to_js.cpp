#include <napi.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "com/win32_error.h"
#include "node/addon_data.h"
#include "node/numeric_arrays.h"
#include "node/object_values.h"
#include "node/outcome.h"
#include "node/typed_value.h"
#include "node/utf16.h"
#include "node/value.h"
#include "node/value_path.h"
#include "value/date.h"
#include "value/decimal.h"
#include "value/dictionary_array.h"
#include "value/foreign_copy.h"

namespace async_com {

namespace {

enum class Ownership : bool {
  kBorrowed,  // the value is only read
  kOwned,     // what is read may be taken, and is cleared
};

// A SAFEARRAY that lives as long as a buffer of JavaScript.
struct OwnedNumbers {
  // Locks the array. Throws ComFailure.
  OwnedNumbers(SafeArray owned, VARTYPE type)
      : array(std::move(owned)), elements(array.Get(), type) {}

  SafeArray array;
  LockedElements elements;  // unlocks before the array is destroyed
};

Napi::Value NewTypedArray(Napi::Env env, const NumericArrayType& type,
                          const Napi::ArrayBuffer& buffer, std::size_t length) {
  napi_value array = nullptr;
  const napi_status status = napi_create_typedarray(env, type.js, length, buffer, 0, &array);
  NAPI_THROW_IF_FAILED(env, status, Napi::Value());
  return Napi::Value(env, array);
}

Napi::Value CopyNumbers(Napi::Env env, const NumericArrayType& type, const void* data,
                        std::size_t length) {
  if (type.js == napi_uint8_array) {
    return Napi::Buffer<BYTE>::Copy(env, static_cast<const BYTE*>(data), length);
  }
  const std::size_t size = length * type.element_size;
  auto buffer = Napi::ArrayBuffer::New(env, size);
  if (size > 0) {
    std::memcpy(buffer.Data(), data, size);
  }
  return NewTypedArray(env, type, buffer, length);
}

// Makes an array that owns the SAFEARRAY. Hosts that allow no external buffers get a copy.
Napi::Value MoveNumbers(Napi::Env env, const NumericArrayType& type,
                        std::unique_ptr<OwnedNumbers> numbers) {
  BYTE* const data = numbers->elements.As<BYTE>();
  const std::size_t length = numbers->elements.Length();
  const bool is_aligned = reinterpret_cast<std::uintptr_t>(data) % type.element_size == 0;
  if (length == 0 || !is_aligned) {
    return CopyNumbers(env, type, data, length);
  }
  if (type.js == napi_uint8_array) {
    return Napi::Buffer<BYTE>::NewOrCopy(
        env, data, length, [](Napi::Env, BYTE*, OwnedNumbers* hint) { delete hint; },
        numbers.release());
  }
  napi_value buffer = nullptr;
  const napi_status status = napi_create_external_arraybuffer(
      env, data, length * type.element_size,
      [](napi_env, void*, void* hint) { delete static_cast<OwnedNumbers*>(hint); }, numbers.get(),
      &buffer);
  if (status == napi_no_external_buffers_allowed) {
    return CopyNumbers(env, type, data, length);
  }
  NAPI_THROW_IF_FAILED(env, status, Napi::Value());
  static_cast<void>(numbers.release());
  return NewTypedArray(env, type, Napi::ArrayBuffer(env, buffer), length);
}

// Converts VARIANTs to values, one after another.
class Reader {
 public:
  Reader(Napi::Env env, ExactNumbers exact, Ownership ownership) noexcept
      : env_(env), exact_(exact), owned_(ownership == Ownership::kOwned) {}

  Napi::Value Read(VARIANT& value, const ValuePath& path, unsigned depth) const;
  // The elements of an array of VARIANT with one dimension.
  Napi::Array ReadVariants(SAFEARRAY* array, const ValuePath& path, unsigned depth) const;

 private:
  Napi::Value ReadArray(VARIANT& value, VARTYPE type, const ValuePath& path, unsigned depth) const;
  Napi::Value ReadNumbers(VARIANT& value, VARTYPE type, const NumericArrayType& numbers,
                          const ValuePath& path) const;
  Napi::Value ReadDictionary(DictionaryKind kind, const LockedArray& elements,
                             const ValuePath& path, unsigned depth) const;
  // What is in the dimension `dimension` of an array, from the element `first` on.
  Napi::Array ReadDimension(const LockedArray& elements, VARTYPE type, std::size_t dimension,
                            std::size_t first, std::size_t stride, const ValuePath& path,
                            unsigned depth) const;
  Napi::Value ReadElement(const LockedArray& elements, VARTYPE type, std::size_t index,
                          const ValuePath& path, unsigned depth) const;
  Napi::Value ReadReference(VARIANT& value, const ValuePath& path, unsigned depth) const;
  // A VT_CY or a VT_DECIMAL.
  Napi::Value ReadDecimal(VARIANT& value, const ValuePath& path) const;
  Napi::Value ReadError(SCODE scode, const ValuePath& path) const;

  // Locks the elements of an array that came from elsewhere. Refuses one that is not as it says.
  template <typename Elements>
  Elements Lock(SAFEARRAY* array, VARTYPE type, const ValuePath& path) const {
    try {
      return Elements(array, type);
    } catch (const WindowsFailure& failure) {
      RefuseArray(failure, path);
    }
  }
  [[noreturn]] void RefuseArray(const WindowsFailure& failure, const ValuePath& path) const {
    path.Refuse(env_, std::string("is an array that cannot be read: ") + failure.what());
  }
  [[noreturn]] void RefuseType(VARTYPE type, const ValuePath& path) const {
    path.Refuse(env_, "is a VARIANT of type " + std::to_string(type) +
                          ", which has no value in JavaScript");
  }

  Napi::Env env_;
  const ExactNumbers exact_;
  const bool owned_;
};

Napi::Array Reader::ReadVariants(SAFEARRAY* array, const ValuePath& path, unsigned depth) const {
  CheckDepth(env_, path, depth);
  const auto elements = Lock<LockedElements>(array, VT_VARIANT, path);
  auto values = Napi::Array::New(env_, elements.Length());
  for (ULONG index = 0; index < elements.Length(); ++index) {
    const Napi::HandleScope scope(env_);
    VARIANT& element = elements.As<VARIANT>()[index];
    values.Set(index, Read(element, path.Element(index), depth + 1));
    if (owned_) {
      VariantClear(&element);
    }
  }
  return values;
}

Napi::Value Reader::ReadNumbers(VARIANT& value, VARTYPE type, const NumericArrayType& numbers,
                                const ValuePath& path) const {
  if (owned_ && value.parray != nullptr) {
    value.vt = VT_EMPTY;
    SafeArray array(std::exchange(value.parray, nullptr));
    try {
      return MoveNumbers(env_, numbers, std::make_unique<OwnedNumbers>(std::move(array), type));
    } catch (const WindowsFailure& failure) {
      RefuseArray(failure, path);
    }
  }
  const auto elements = Lock<LockedElements>(value.parray, type, path);
  return CopyNumbers(env_, numbers, elements.As<void>(), elements.Length());
}

Napi::Value Reader::ReadDictionary(DictionaryKind kind, const LockedArray& elements,
                                   const ValuePath& path, unsigned depth) const {
  const ULONG length = elements.Lengths().front();
  auto keys = Napi::Array::New(env_, length);
  auto values = Napi::Array::New(env_, length);
  for (ULONG index = 0; index < length; ++index) {
    const Napi::HandleScope scope(env_);
    VARIANT& key = elements.As<VARIANT>()[index];
    if (kind == DictionaryKind::kObject && key.vt != VT_BSTR) {
      path.Refuse(env_, "is an object with a key that is no string");
    }
    VARIANT& value = elements.As<VARIANT>()[std::size_t{length} + index];
    const Napi::Value its_key = Read(key, path.Key(index), depth + 1);
    keys.Set(index, its_key);
    const ValuePath its_path =
        kind == DictionaryKind::kMap ? path.Entry(its_key, index) : path.Property(its_key);
    values.Set(index, Read(value, its_path, depth + 1));
    if (owned_) {
      VariantClear(&key);
      VariantClear(&value);
    }
  }
  const ValueFunctions& functions = AddonData::Of(env_).values;
  const Napi::FunctionReference& make =
      kind == DictionaryKind::kMap ? functions.make_map : functions.make_object;
  if (make.IsEmpty()) {
    RefuseType(VT_ARRAY | VT_VARIANT, path);
  }
  return make.Call({keys, values});
}

Napi::Value Reader::ReadElement(const LockedArray& elements, VARTYPE type, std::size_t index,
                                const ValuePath& path, unsigned depth) const {
  if (type == VT_VARIANT) {
    VARIANT& element = elements.As<VARIANT>()[index];
    const Napi::Value value = Read(element, path, depth + 1);
    if (owned_) {
      VariantClear(&element);
    }
    return value;
  }
  // The element is borrowed: the array still owns what the element points to.
  VARIANT element{};
  const std::size_t size = elements.ElementSize();
  const BYTE* const data = elements.Data() + index * size;
  if (type == VT_DECIMAL) {
    std::memcpy(&element.decVal, data, sizeof element.decVal);
  } else {
    std::memcpy(&element.llVal, data, std::min(size, sizeof element.llVal));
  }
  element.vt = type;  // a DECIMAL covers the type
  return Reader(env_, exact_, Ownership::kBorrowed).Read(element, path, depth + 1);
}

Napi::Array Reader::ReadDimension(const LockedArray& elements, VARTYPE type, std::size_t dimension,
                                  std::size_t first, std::size_t stride, const ValuePath& path,
                                  unsigned depth) const {
  const ULONG length = elements.Lengths()[dimension];
  const bool is_last = dimension + 1 == elements.Lengths().size();
  auto values = Napi::Array::New(env_, length);
  for (ULONG index = 0; index < length; ++index) {
    const Napi::HandleScope scope(env_);
    const std::size_t at = first + index * stride;
    const ValuePath its_path = path.Element(index);
    values.Set(index, is_last ? ReadElement(elements, type, at, its_path, depth)
                              : ReadDimension(elements, type, dimension + 1, at, stride * length,
                                              its_path, depth));
  }
  return values;
}

Napi::Value Reader::ReadArray(VARIANT& value, VARTYPE type, const ValuePath& path,
                              unsigned depth) const {
  const bool is_flat = value.parray == nullptr || SafeArrayGetDim(value.parray) == 1;
  if (const auto* const numbers = NumericArrayTypeOf(type); numbers != nullptr && is_flat) {
    return ReadNumbers(value, type, *numbers, path);
  }
  if (type == VT_VARIANT && is_flat) {
    return ReadVariants(value.parray, path, depth);
  }
  CheckDepth(env_, path, depth);
  const auto elements = Lock<LockedArray>(value.parray, type, path);
  if (const auto kind = DictionaryKindOf(value); kind != DictionaryKind::kNone) {
    return ReadDictionary(kind, elements, path, depth);
  }
  // An array without elements may say that it has any number of empty arrays.
  constexpr double kMostEmptyArrays = 65536;
  double arrays = 1;
  for (const ULONG length : elements.Lengths()) {
    if (elements.Count() == 0 && arrays > kMostEmptyArrays) {
      path.Refuse(env_, "is an array of too many empty arrays");
    }
    arrays *= length;
  }
  return ReadDimension(elements, type, 0, 0, 1, path, depth);
}

Napi::Value Reader::ReadReference(VARIANT& value, const ValuePath& path, unsigned depth) const {
  Variant dereferenced;
  if (FAILED(CopyForeign(*dereferenced.Put(), value))) {
    RefuseType(value.vt, path);
  }
  return Reader(env_, exact_, Ownership::kOwned)
      .Read(const_cast<VARIANT&>(dereferenced.Get()), path, depth);
}

Napi::Value Reader::ReadDecimal(VARIANT& value, const ValuePath& path) const {
  if (value.vt == VT_DECIMAL && !IsValid(value.decVal)) {
    path.Refuse(env_, "is a VT_DECIMAL that is no number");
  }
  if (exact_ == ExactNumbers::kYes) {
    return Napi::String::New(env_, value.vt == VT_CY ? TextOf(value.cyVal) : TextOf(value.decVal));
  }
  Variant number;
  ThrowIfFailed(VariantChangeTypeEx(number.Put(), &value, LOCALE_INVARIANT, 0, VT_R8),
                "VariantChangeTypeEx");
  return Napi::Number::New(env_, number.Get().dblVal);
}

Napi::Value Reader::ReadError(SCODE scode, const ValuePath& path) const {
  // Automation sends this for an optional argument that was left out.
  if (scode == DISP_E_PARAMNOTFOUND) {
    return env_.Undefined();
  }
  const Napi::FunctionReference& make_error = AddonData::Of(env_).values.make_error;
  if (make_error.IsEmpty()) {
    RefuseType(VT_ERROR, path);
  }
  return make_error.Call({HResultToJs(env_, scode)});
}

Napi::Value Reader::Read(VARIANT& value, const ValuePath& path, unsigned depth) const {
  switch (value.vt) {
    case VT_EMPTY:
      return env_.Undefined();
    case VT_NULL:
      return env_.Null();
    case VT_BOOL:
      return Napi::Boolean::New(env_, value.boolVal != VARIANT_FALSE);
    case VT_I1:
      return Napi::Number::New(env_, static_cast<signed char>(value.cVal));
    case VT_UI1:
      return Napi::Number::New(env_, value.bVal);
    case VT_I2:
      return Napi::Number::New(env_, value.iVal);
    case VT_UI2:
      return Napi::Number::New(env_, value.uiVal);
    case VT_I4:
    case VT_INT:
      return Napi::Number::New(env_, value.lVal);
    case VT_UI4:
    case VT_UINT:
      return Napi::Number::New(env_, value.ulVal);
    case VT_R4:
      return Napi::Number::New(env_, static_cast<double>(value.fltVal));
    case VT_R8:
      return Napi::Number::New(env_, value.dblVal);
    case VT_I8:
      return Napi::BigInt::New(env_, static_cast<std::int64_t>(value.llVal));
    case VT_UI8:
      return Napi::BigInt::New(env_, static_cast<std::uint64_t>(value.ullVal));
    case VT_BSTR:
      return BstrToJs(env_, value.bstrVal);
    case VT_DATE:
      return Napi::Date::New(env_, MillisecondsFromDate(value.date));
    case VT_CY:
    case VT_DECIMAL:
      return ReadDecimal(value, path);
    case VT_ERROR:
      return ReadError(value.scode, path);
    case VT_DISPATCH:
    case VT_UNKNOWN:
      return ObjectToJs(env_, value, path);
    default:
      break;
  }
  if ((value.vt & VT_BYREF) != 0) {
    return ReadReference(value, path, depth);
  }
  const auto element = static_cast<VARTYPE>(value.vt & VT_TYPEMASK);
  if (value.vt == (VT_ARRAY | element)) {
    return ReadArray(value, element, path, depth);
  }
  RefuseType(value.vt, path);
}

}  // namespace

Napi::Value VariantToJs(Napi::Env env, Variant value, const std::string& path, ExactNumbers exact) {
  return Reader(env, exact, Ownership::kOwned)
      .Read(const_cast<VARIANT&>(value.Get()), ValuePath(path), 0);
}

Napi::Value BorrowedVariantToJs(Napi::Env env, const VARIANT& value, const std::string& path,
                                ExactNumbers exact) {
  // A reader that borrows changes nothing. Some functions of Automation are declared without const.
  return Reader(env, exact, Ownership::kBorrowed)
      .Read(const_cast<VARIANT&>(value), ValuePath(path), 0);
}

Napi::Array ArgumentsToJs(Napi::Env env, SAFEARRAY* arguments, const std::string& path) {
  return Reader(env, ExactNumbers::kNo, Ownership::kBorrowed)
      .ReadVariants(arguments, ValuePath(path), 0);
}

}  // namespace async_com
