#include "value/variant.h"

#include <objbase.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "com/com_ptr.h"
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

UINT SizeOfElement(VARTYPE type) noexcept {
  switch (type) {
    case VT_I1:
    case VT_UI1:
      return 1;
    case VT_I2:
    case VT_UI2:
    case VT_BOOL:
      return 2;
    case VT_I4:
    case VT_UI4:
    case VT_INT:
    case VT_UINT:
    case VT_R4:
    case VT_ERROR:
      return 4;
    case VT_I8:
    case VT_UI8:
    case VT_R8:
    case VT_CY:
    case VT_DATE:
      return 8;
    case VT_BSTR:
    case VT_UNKNOWN:
    case VT_DISPATCH:
      return sizeof(void*);
    case VT_DECIMAL:
      return sizeof(DECIMAL);
    case VT_VARIANT:
      return sizeof(VARIANT);
    default:
      return 0;
  }
}

namespace {

std::vector<ULONG> LengthsOf(SAFEARRAY* array) {
  const UINT dimensions = SafeArrayGetDim(array);
  if (dimensions == 0) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetDim");
  }
  std::vector<ULONG> lengths;
  lengths.reserve(dimensions);
  for (UINT dimension = 1; dimension <= dimensions; ++dimension) {
    LONG lower = 0;
    LONG upper = -1;
    ThrowIfFailed(SafeArrayGetLBound(array, dimension, &lower), "SafeArrayGetLBound");
    ThrowIfFailed(SafeArrayGetUBound(array, dimension, &upper), "SafeArrayGetUBound");
    lengths.push_back(static_cast<ULONG>(static_cast<LONGLONG>(upper) - lower + 1));
  }
  return lengths;
}

// Returns the number of elements. Throws ComFailure if no array can have as many.
std::size_t CountOf(const std::vector<ULONG>& lengths, std::size_t element_size) {
  constexpr std::size_t kMost = std::numeric_limits<ULONG>::max();
  // An array without elements may have long dimensions, too.
  if (std::find(lengths.begin(), lengths.end(), ULONG{0}) != lengths.end()) {
    return 0;
  }
  std::size_t count = 1;
  for (const ULONG length : lengths) {
    if (length > kMost / element_size / count) {
      ThrowIfFailed(DISP_E_OVERFLOW, "SafeArrayGetUBound");
    }
    count *= length;
  }
  return count;
}

}  // namespace

SafeArray SafeArray::Create(VARTYPE type, ULONG length) {
  SafeArray array(SafeArrayCreateVector(type, 0, length));
  if (array.Get() == nullptr) {
    throw std::bad_alloc();
  }
  return array;
}

SafeArray SafeArray::Create(VARTYPE type, std::span<const SAFEARRAYBOUND> bounds) {
  std::vector<SAFEARRAYBOUND> copy(bounds.begin(), bounds.end());
  std::vector<ULONG> lengths;
  for (const SAFEARRAYBOUND& bound : copy) {
    lengths.push_back(bound.cElements);
  }
  CountOf(lengths, SizeOfElement(type));
  SafeArray array(SafeArrayCreate(type, static_cast<UINT>(copy.size()), copy.data()));
  if (array.Get() == nullptr) {
    throw std::bad_alloc();
  }
  return array;
}

namespace {

// The data of an array with any number of dimensions, locked in memory while this object lives.
// Throws ComFailure if the elements are not `size` bytes long, or are too many.
class AllElements {
 public:
  AllElements(SAFEARRAY* array, std::size_t size) : array_(array) {
    if (SafeArrayGetElemsize(array) != size || size == 0) {
      ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetElemsize");
    }
    count_ = CountOf(LengthsOf(array), size);
    ThrowIfFailed(SafeArrayAccessData(array, &data_), "SafeArrayAccessData");
  }
  AllElements(const AllElements&) = delete;
  AllElements& operator=(const AllElements&) = delete;
  ~AllElements() { SafeArrayUnaccessData(array_); }

  std::size_t Count() const noexcept { return count_; }
  BYTE* Data() const noexcept { return static_cast<BYTE*>(data_); }
  template <typename Element>
  std::span<Element> As() const noexcept {
    return {static_cast<Element*>(data_), count_};
  }

 private:
  SAFEARRAY* const array_;
  void* data_ = nullptr;
  std::size_t count_ = 0;
};

// What is done with the objects of a value: they are dropped, or kept for later.
class Objects {
 public:
  explicit Objects(std::vector<ComPtr<IUnknown>>* kept) noexcept : kept_(kept) {}

  // Without memory to keep it, an object is dropped.
  void Take(IUnknown*& object) const noexcept {
    if (object == nullptr) {
      return;
    }
    if (kept_ != nullptr) {
      try {
        kept_->emplace_back(object);
        return;
      } catch (const std::bad_alloc&) {
        // As if it could not be kept.
      }
    }
    std::exchange(object, nullptr)->Release();
  }

 private:
  std::vector<ComPtr<IUnknown>>* const kept_;
};

// Puts in place of a reference (VT_BYREF) what it refers to. The memory in between belongs to the
// receiver of the VARIANT, as everything that COM has marshaled: it comes from CoTaskMemAlloc.
void Dereference(VARIANT& value) noexcept {
  while ((value.vt & VT_BYREF) != 0 && value.byref != nullptr) {
    void* const memory = value.byref;
    const auto type = static_cast<VARTYPE>(value.vt & ~VT_BYREF);
    if (type == VT_RECORD) {
      // A VARIANT points to a record in both cases. Now it owns the record.
      value.vt = type;
      return;
    }
    if (type == VT_VARIANT) {
      value = *value.pvarVal;
    } else if ((type & VT_ARRAY) != 0 || type == VT_BSTR || type == VT_UNKNOWN ||
               type == VT_DISPATCH) {
      value.byref = *static_cast<void**>(memory);
      value.vt = type;
    } else {
      // What is left owns nothing, so a copy is enough.
      VARIANT copy;
      VariantInit(&copy);
      if (SUCCEEDED(VariantCopyInd(&copy, &value))) {
        value = copy;
      } else {
        // No type that exists. JavaScript refuses it.
        value.byref = nullptr;
      }
    }
    CoTaskMemFree(memory);
  }
}

void TakeObjects(VARIANT& value, unsigned depth, const Objects& objects) noexcept;

// The array's own features say what SafeArrayDestroy would release, whatever the VARIANT says.
void TakeObjects(SAFEARRAY* array, unsigned depth, const Objects& objects) {
  if (array == nullptr) {
    return;
  }
  const auto has = [array](unsigned feature) { return (array->fFeatures & feature) != 0; };
  if (has(FADF_UNKNOWN | FADF_DISPATCH)) {
    const AllElements elements(array, sizeof(IUnknown*));
    for (IUnknown*& element : elements.As<IUnknown*>()) {
      objects.Take(element);
    }
  } else if (has(FADF_RECORD)) {
    ComPtr<IRecordInfo> info;
    ThrowIfFailed(SafeArrayGetRecordInfo(array, &info), "SafeArrayGetRecordInfo");
    const UINT size = SafeArrayGetElemsize(array);
    if (info == nullptr || size == 0) {
      return;
    }
    const AllElements elements(array, size);
    for (std::size_t index = 0; index < elements.Count(); ++index) {
      std::ignore = info->RecordClear(elements.Data() + index * size);
    }
  } else if (has(FADF_VARIANT)) {
    const AllElements elements(array, sizeof(VARIANT));
    for (VARIANT& element : elements.As<VARIANT>()) {
      TakeObjects(element, depth + 1, objects);
      if (depth >= kDeepestNesting) {
        // JavaScript refuses arrays that are nested so deeply, and looks at nothing below.
        VariantClear(&element);
      }
    }
  }
}

void TakeObjects(VARIANT& value, unsigned depth, const Objects& objects) noexcept {
  Dereference(value);
  if ((value.vt & VT_BYREF) != 0) {
    return;
  }
  if ((value.vt & VT_ARRAY) != 0) {
    try {
      TakeObjects(value.parray, depth, objects);
    } catch (const WindowsFailure&) {
      // The array is not as it says it is. Only the system can know how to free it. JavaScript
      // refuses what is put in its place.
      VariantClear(&value);
      value.pvRecord = nullptr;
      value.pRecInfo = nullptr;
      value.vt = VT_RECORD;
    }
  } else if (value.vt == VT_UNKNOWN || value.vt == VT_DISPATCH) {
    // Released through IUnknown, because IDispatch begins with it.
    objects.Take(value.punkVal);
  } else if (value.vt == VT_RECORD && value.pRecInfo != nullptr && value.pvRecord != nullptr) {
    std::ignore = value.pRecInfo->RecordClear(value.pvRecord);
  }
}

}  // namespace

void Variant::DropObjects() noexcept { TakeObjects(value_, 0, Objects(nullptr)); }

void Variant::KeepObjects(std::vector<ComPtr<IUnknown>>& kept) noexcept {
  TakeObjects(value_, 0, Objects(&kept));
}

LockedArray::LockedArray(SAFEARRAY* array, VARTYPE type) {
  if (array == nullptr) {
    lengths_.push_back(0);
    return;
  }
  VARTYPE actual = VT_EMPTY;
  ThrowIfFailed(SafeArrayGetVartype(array, &actual), "SafeArrayGetVartype");
  if (actual != type) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetVartype");
  }
  element_size_ = SafeArrayGetElemsize(array);
  // Some hosts take the size from the packet, but allocate what the type needs.
  const UINT size = SizeOfElement(type);
  if (element_size_ == 0 || (size != 0 && element_size_ != size)) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetElemsize");
  }
  lengths_ = LengthsOf(array);
  count_ = CountOf(lengths_, element_size_);
  ThrowIfFailed(SafeArrayAccessData(array, &data_), "SafeArrayAccessData");
  array_ = array;
}

LockedArray::~LockedArray() {
  if (array_ != nullptr) {
    SafeArrayUnaccessData(array_);
  }
}

LockedElements::LockedElements(SAFEARRAY* array, VARTYPE type) : array_(array, type) {
  if (array_.Lengths().size() != 1) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "SafeArrayGetDim");
  }
}

}  // namespace async_com
