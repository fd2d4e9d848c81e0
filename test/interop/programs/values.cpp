#include "values.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace interop {

namespace {

constexpr char kDigits[] = "0123456789ABCDEF";

// The bytes of a DECIMAL after those that a VARIANT has its type in.
constexpr std::size_t kDecimalBytes = sizeof(DECIMAL) - sizeof(USHORT);

struct Type {
  std::string_view name;
  VARTYPE type;
};
constexpr Type kTypes[] = {
    {"i1", VT_I1},     {"ui1", VT_UI1},         {"i2", VT_I2},           {"ui2", VT_UI2},
    {"i4", VT_I4},     {"ui4", VT_UI4},         {"int", VT_INT},         {"uint", VT_UINT},
    {"i8", VT_I8},     {"ui8", VT_UI8},         {"r4", VT_R4},           {"r8", VT_R8},
    {"cy", VT_CY},     {"date", VT_DATE},       {"error", VT_ERROR},     {"bstr", VT_BSTR},
    {"bool", VT_BOOL}, {"decimal", VT_DECIMAL}, {"variant", VT_VARIANT},
};

[[noreturn]] void Refuse(std::string_view words) {
  throw std::invalid_argument("not a value: " + std::string(words.substr(0, 40)));
}

VARTYPE TypeOf(std::string_view name) {
  for (const Type& one : kTypes) {
    if (one.name == name) {
      return one.type;
    }
  }
  Refuse(name);
}

std::string_view NameOf(VARTYPE type) {
  for (const Type& one : kTypes) {
    if (one.type == type) {
      return one.name;
    }
  }
  return {};
}

template <typename Number>
Number NumberFrom(std::string_view text, int base) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) {
    Refuse(text);
  }
  return number;
}

// Returns the bytes of an object, as two hexadecimal digits each.
std::string HexFrom(const void* data, std::size_t size) {
  const auto* const bytes = static_cast<const unsigned char*>(data);
  std::string text(2 * size, '0');
  for (std::size_t index = 0; index < size; ++index) {
    text[2 * index] = kDigits[bytes[index] >> 4];
    text[2 * index + 1] = kDigits[bytes[index] & 15];
  }
  return text;
}

unsigned char Nibble(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned char>(digit - '0');
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned char>(digit - 'A' + 10);
  Refuse(std::string_view(&digit, 1));
}

void BytesFrom(std::string_view text, void* data) {
  auto* const bytes = static_cast<unsigned char*>(data);
  for (std::size_t index = 0; index < text.size() / 2; ++index) {
    bytes[index] =
        static_cast<unsigned char>(Nibble(text[2 * index]) << 4 | Nibble(text[2 * index + 1]));
  }
}

template <typename Bits, typename Number>
std::string BitsOf(Number number) {
  constexpr int kWidth = 2 * sizeof(Bits);
  char text[kWidth + 1] = {};
  std::snprintf(text, sizeof text, "%0*llX", kWidth,
                static_cast<unsigned long long>(std::bit_cast<Bits>(number)));
  return text;
}

std::string Scalar(const VARIANT& value) {
  switch (value.vt) {
    case VT_I1:
      return std::to_string(static_cast<signed char>(value.cVal));
    case VT_UI1:
      return std::to_string(value.bVal);
    case VT_I2:
      return std::to_string(value.iVal);
    case VT_UI2:
      return std::to_string(value.uiVal);
    case VT_I4:
    case VT_INT:
      return std::to_string(value.lVal);
    case VT_UI4:
    case VT_UINT:
      return std::to_string(value.ulVal);
    case VT_I8:
      return std::to_string(value.llVal);
    case VT_UI8:
      return std::to_string(value.ullVal);
    case VT_CY:
      return std::to_string(value.cyVal.int64);
    case VT_R4:
      return BitsOf<std::uint32_t>(value.fltVal);
    case VT_R8:
      return BitsOf<std::uint64_t>(value.dblVal);
    case VT_DATE:
      return BitsOf<std::uint64_t>(value.date);
    case VT_ERROR:
      return BitsOf<std::uint32_t>(static_cast<std::int32_t>(value.scode));
    case VT_BSTR:
      return HexFrom(value.bstrVal, SysStringByteLen(value.bstrVal));
    case VT_DECIMAL:
      return HexFrom(&value.decVal.scale, kDecimalBytes);
    default:
      throw std::invalid_argument("a VARIANT of type " + std::to_string(value.vt));
  }
}

void PutScalar(VARIANT& value, VARTYPE type, std::string_view text) {
  switch (type) {
    case VT_I1:
      value.cVal = static_cast<CHAR>(NumberFrom<signed char>(text, 10));
      break;
    case VT_UI1:
      value.bVal = NumberFrom<BYTE>(text, 10);
      break;
    case VT_I2:
      value.iVal = NumberFrom<SHORT>(text, 10);
      break;
    case VT_UI2:
      value.uiVal = NumberFrom<USHORT>(text, 10);
      break;
    case VT_I4:
    case VT_INT:
      value.lVal = NumberFrom<LONG>(text, 10);
      break;
    case VT_UI4:
    case VT_UINT:
      value.ulVal = NumberFrom<ULONG>(text, 10);
      break;
    case VT_I8:
      value.llVal = NumberFrom<LONGLONG>(text, 10);
      break;
    case VT_UI8:
      value.ullVal = NumberFrom<ULONGLONG>(text, 10);
      break;
    case VT_CY:
      value.cyVal.int64 = NumberFrom<LONGLONG>(text, 10);
      break;
    case VT_R4:
      value.fltVal = std::bit_cast<float>(NumberFrom<std::uint32_t>(text, 16));
      break;
    case VT_R8:
      value.dblVal = std::bit_cast<double>(NumberFrom<std::uint64_t>(text, 16));
      break;
    case VT_DATE:
      value.date = std::bit_cast<double>(NumberFrom<std::uint64_t>(text, 16));
      break;
    case VT_ERROR:
      value.scode = static_cast<SCODE>(NumberFrom<std::uint32_t>(text, 16));
      break;
    case VT_BSTR: {
      std::wstring units(text.size() / 4, L'\0');
      BytesFrom(text, units.data());
      value.bstrVal = Bstr(units).Detach();
      break;
    }
    case VT_DECIMAL:
      if (text.size() != 2 * kDecimalBytes) {
        Refuse(text);
      }
      BytesFrom(text, &value.decVal.scale);
      break;
    default:
      Refuse(text);
  }
  value.vt = type;
}

// Returns a new array of one dimension. The Variant owns it.
Variant NewArray(VARTYPE type, std::size_t length) {
  Variant array;
  array->parray = SafeArrayCreateVector(type, 0, static_cast<ULONG>(length));
  if (array->parray == nullptr) {
    throw Failure(E_OUTOFMEMORY, "SafeArrayCreateVector");
  }
  array->vt = static_cast<VARTYPE>(VT_ARRAY | type);
  return array;
}

class Locked {
 public:
  explicit Locked(SAFEARRAY* array) : array_(array) {
    Check(SafeArrayAccessData(array, &data_), "SafeArrayAccessData");
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  ~Locked() { SafeArrayUnaccessData(array_); }

  void* Data() const noexcept { return data_; }

 private:
  SAFEARRAY* array_;
  void* data_ = nullptr;
};

Variant Bytes(std::string_view text) {
  Variant array = NewArray(VT_UI1, text.size() / 2);
  if (!text.empty()) {
    const Locked locked(array->parray);
    BytesFrom(text, locked.Data());
  }
  return array;
}

// Moves a value into an element of an array.
void PutElement(VARTYPE type, Variant& element, unsigned char* to, std::size_t size) {
  const void* const from = type == VT_VARIANT   ? static_cast<void*>(&*element)
                           : type == VT_DECIMAL ? static_cast<void*>(&element->decVal)
                                                : static_cast<void*>(&element->llVal);
  std::memcpy(to, from, size);
  VariantInit(&*element);
}

// Makes an array of the elements, in the order in which they are in memory.
Variant ArrayOf(VARTYPE type, std::vector<SAFEARRAYBOUND> bounds, std::vector<Variant>& elements) {
  Variant array;
  array->parray = SafeArrayCreate(type, static_cast<UINT>(bounds.size()), bounds.data());
  if (array->parray == nullptr) {
    throw Failure(E_OUTOFMEMORY, "SafeArrayCreate");
  }
  array->vt = static_cast<VARTYPE>(VT_ARRAY | type);
  const Locked locked(array->parray);
  const std::size_t size = SafeArrayGetElemsize(array->parray);
  auto* to = static_cast<unsigned char*>(locked.Data());
  for (Variant& element : elements) {
    PutElement(type, element, to, size);
    to += size;
  }
  return array;
}

Variant ArrayOf(VARTYPE type, std::vector<Variant>& elements) {
  return ArrayOf(type, {{static_cast<ULONG>(elements.size()), 0}}, elements);
}

class Object final : public ComObject<IUnknown> {};

Variant Take(std::string_view& words);

std::string_view TakeUntil(std::string_view& words, std::string_view ends) {
  const auto taken = words.substr(0, words.find_first_of(ends));
  words.remove_prefix(taken.size());
  return taken;
}

// Takes "2x5~3>": the length of each dimension, after its lower bound and "~" if that is not 0.
std::vector<SAFEARRAYBOUND> TakeBounds(std::string_view& words) {
  std::vector<SAFEARRAYBOUND> bounds;
  for (bool more = true; more;) {
    std::string_view text = TakeUntil(words, "x>");
    SAFEARRAYBOUND bound{};
    if (const std::size_t lower = text.find('~'); lower != std::string_view::npos) {
      bound.lLbound = NumberFrom<LONG>(text.substr(0, lower), 10);
      text.remove_prefix(lower + 1);
    }
    bound.cElements = NumberFrom<ULONG>(text, 10);
    bounds.push_back(bound);
    if (words.empty()) {
      Refuse(words);
    }
    more = words.starts_with('x');
    words.remove_prefix(1);
  }
  return bounds;
}

Variant TakeArray(std::string_view& words, VARTYPE type, std::vector<SAFEARRAYBOUND> bounds) {
  std::vector<Variant> elements;
  while (!words.starts_with(']')) {
    elements.push_back(Take(words));
    if (words.starts_with(',')) {
      words.remove_prefix(1);
    } else if (!words.starts_with(']')) {
      Refuse(words);
    }
  }
  words.remove_prefix(1);
  if (bounds.empty()) {
    return ArrayOf(type, elements);
  }
  std::size_t count = 1;
  for (const SAFEARRAYBOUND& bound : bounds) {
    count *= bound.cElements;
  }
  if (count != elements.size()) {
    throw std::invalid_argument("an array with too many or too few elements");
  }
  return ArrayOf(type, std::move(bounds), elements);
}

// Takes from `words` the value that it starts with.
Variant Take(std::string_view& words) {
  const std::string_view name = TakeUntil(words, ":[],<");
  std::vector<SAFEARRAYBOUND> bounds;
  if (words.starts_with('<')) {
    words.remove_prefix(1);
    bounds = TakeBounds(words);
  }
  if (words.starts_with('[')) {
    words.remove_prefix(1);
    return TakeArray(words, name.empty() ? static_cast<VARTYPE>(VT_VARIANT) : TypeOf(name),
                     std::move(bounds));
  }
  if (words.starts_with(':')) {
    words.remove_prefix(1);
    const std::string_view text = TakeUntil(words, ",]");
    if (name == "bytes") {
      return Bytes(text);
    }
    Variant value;
    PutScalar(*value, TypeOf(name), text);
    return value;
  }
  if (name == "mismatch") {
    // The VARIANT says that the elements have another type than the array says.
    Variant array = NewArray(VT_I4, 2);
    array->vt = VT_ARRAY | VT_R8;
    return array;
  }
  if (name == "nothing") {
    // An array that is not there.
    Variant array;
    array->vt = VT_ARRAY | VT_I4;
    return array;
  }
  if (name == "object") {
    Variant object;
    object->punkVal = Make<Object>().Detach();
    object->vt = VT_UNKNOWN;
    return object;
  }
  Variant value;
  if (name == "null") {
    value->vt = VT_NULL;
  } else if (name == "true" || name == "false") {
    value->boolVal = name == "true" ? VARIANT_TRUE : VARIANT_FALSE;
    value->vt = VT_BOOL;
  } else if (name == "nan") {
    value->dblVal = std::numeric_limits<double>::quiet_NaN();
    value->vt = VT_R8;
  } else if (name != "empty") {
    Refuse(name);
  }
  return value;
}

// Returns the bounds in words. They are empty for one dimension that begins at 0.
std::string WordsFromBounds(SAFEARRAY* array, std::size_t& count) {
  const UINT dimensions = SafeArrayGetDim(array);
  std::string words;
  bool plain = dimensions == 1;
  count = 1;
  for (UINT dimension = 1; dimension <= dimensions; ++dimension) {
    LONG lower = 0;
    LONG upper = -1;
    Check(SafeArrayGetLBound(array, dimension, &lower), "SafeArrayGetLBound");
    Check(SafeArrayGetUBound(array, dimension, &upper), "SafeArrayGetUBound");
    const auto length = static_cast<std::size_t>(static_cast<LONGLONG>(upper) - lower + 1);
    words += dimension == 1 ? "" : "x";
    words += lower == 0 ? "" : std::to_string(lower) + "~";
    words += std::to_string(length);
    plain = plain && lower == 0;
    count *= length;
  }
  return plain ? std::string() : "<" + words + ">";
}

std::string WordsFromArray(SAFEARRAY* array, VARTYPE type) {
  if (array == nullptr) {
    return "nothing";
  }
  std::size_t count = 0;
  const std::string bounds = WordsFromBounds(array, count);
  const Locked locked(array);
  if (type == VT_UI1 && bounds.empty()) {
    return "bytes:" + HexFrom(locked.Data(), count);
  }
  std::string words(type == VT_VARIANT ? std::string_view() : NameOf(type));
  words += bounds;
  words += '[';
  const std::size_t size = SafeArrayGetElemsize(array);
  for (std::size_t index = 0; index < count; ++index) {
    const auto* const from = static_cast<const unsigned char*>(locked.Data()) + index * size;
    VARIANT element{};  // borrowed
    void* const to = type == VT_VARIANT   ? static_cast<void*>(&element)
                     : type == VT_DECIMAL ? static_cast<void*>(&element.decVal)
                                          : static_cast<void*>(&element.llVal);
    std::memcpy(to, from, size);
    if (type != VT_VARIANT) {
      element.vt = type;
    }
    words += index == 0 ? "" : ",";
    words += WordsFromValue(element);
  }
  return words + "]";
}

}  // namespace

Variant ValueFromWords(std::string_view words) {
  const std::string_view all = words;
  Variant value = Take(words);
  if (!words.empty()) {
    Refuse(all);
  }
  return value;
}

std::string WordsFromValue(const VARIANT& value) {
  if ((value.vt & VT_ARRAY) != 0) {
    return WordsFromArray(value.parray, static_cast<VARTYPE>(value.vt & VT_TYPEMASK));
  }
  switch (value.vt) {
    case VT_EMPTY:
      return "empty";
    case VT_NULL:
      return "null";
    case VT_BOOL:
      return value.boolVal == VARIANT_FALSE ? "false" : "true";
    default:
      break;
  }
  if (value.vt == VT_R8 && std::isnan(value.dblVal)) {
    return "nan";
  }
  return std::string(NameOf(value.vt)) + ":" + Scalar(value);
}

std::string WordsFromText(BSTR text) { return "bstr:" + HexFrom(text, SysStringByteLen(text)); }

Variant ArrayFromWords(const std::vector<std::string_view>& words) {
  std::vector<Variant> elements;
  for (const std::string_view one : words) {
    elements.push_back(ValueFromWords(one));
  }
  return ArrayOf(VT_VARIANT, elements);
}

}  // namespace interop
