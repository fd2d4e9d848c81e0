#pragma once

#include <windows.h>

#include <oleauto.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "com/com_ptr.h"

namespace async_com {

// Owns a VARIANT and everything that it holds.
class Variant {
 public:
  Variant() noexcept { VariantInit(&value_); }
  Variant(Variant&& other) noexcept : value_(other.Detach()) {}
  Variant& operator=(Variant&& other) noexcept {
    if (this != &other) {
      VariantClear(&value_);
      value_ = other.Detach();
    }
    return *this;
  }
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  ~Variant() { VariantClear(&value_); }

  const VARIANT& Get() const noexcept { return value_; }

  // For use as an out parameter. Releases what was held before.
  VARIANT* Put() noexcept {
    VariantClear(&value_);
    return &value_;
  }

  // For a value that this process received. Releases the objects in it, wherever they are, and puts
  // null in their places. What was below the deepest nesting is freed. References (VT_BYREF) are
  // replaced by what they refer to, which VariantClear would not free. So destroying the value
  // later waits for no other process. Clearing a nested array takes no more stack than COM took on
  // this thread to receive it.
  void DropObjects() noexcept;
  // Does the same, but leaves the objects where JavaScript can find them, and adds a reference to
  // each to `kept`. Destroying the value then waits for no other process, as long as `kept` lasts.
  void KeepObjects(std::vector<ComPtr<IUnknown>>& kept) noexcept;
  VARIANT Detach() noexcept {
    VARIANT detached = value_;
    VariantInit(&value_);
    return detached;
  }

 private:
  // All of it is cleared, not only the type: when a proxy receives a VARIANT, it may set no more
  // than the type.
  VARIANT value_{};
};

// Owns a BSTR. A null BSTR is the empty string.
class Bstr {
 public:
  Bstr() noexcept = default;
  // Throws std::bad_alloc.
  explicit Bstr(std::wstring_view text);
  // Returns a string of `length` characters for the caller to fill in. Throws std::bad_alloc.
  static Bstr OfLength(UINT length);

  Bstr(Bstr&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
  Bstr& operator=(Bstr&& other) noexcept {
    if (this != &other) {
      SysFreeString(text_);
      text_ = std::exchange(other.text_, nullptr);
    }
    return *this;
  }
  Bstr(const Bstr&) = delete;
  Bstr& operator=(const Bstr&) = delete;
  ~Bstr() { SysFreeString(text_); }

  BSTR Get() const noexcept { return text_; }
  std::wstring_view View() const noexcept {
    return text_ == nullptr ? std::wstring_view() : std::wstring_view(text_, SysStringLen(text_));
  }
  BSTR* Put() noexcept {
    SysFreeString(text_);
    text_ = nullptr;
    return &text_;
  }
  BSTR Detach() noexcept { return std::exchange(text_, nullptr); }

 private:
  BSTR text_ = nullptr;
};

// How deep arrays may be nested, in both directions. Deeper arrays are refused. The limit allows
// real data and is safe for every stack; COM's own marshaling recurses too.
inline constexpr unsigned kDeepestNesting = 64;

// Owns a SAFEARRAY.
class SafeArray {
 public:
  SafeArray() noexcept = default;
  explicit SafeArray(SAFEARRAY* array) noexcept : array_(array) {}
  // Makes an array of one dimension. Throws std::bad_alloc.
  static SafeArray Create(VARTYPE type, ULONG length);
  // Makes an array of any number of dimensions. Throws std::bad_alloc, and ComFailure if no array
  // can be so large.
  static SafeArray Create(VARTYPE type, std::span<const SAFEARRAYBOUND> bounds);

  SafeArray(SafeArray&& other) noexcept : array_(std::exchange(other.array_, nullptr)) {}
  SafeArray& operator=(SafeArray&& other) noexcept {
    if (this != &other) {
      SafeArrayDestroy(array_);
      array_ = std::exchange(other.array_, nullptr);
    }
    return *this;
  }
  SafeArray(const SafeArray&) = delete;
  SafeArray& operator=(const SafeArray&) = delete;
  ~SafeArray() { SafeArrayDestroy(array_); }

  SAFEARRAY* Get() const noexcept { return array_; }
  SAFEARRAY* Detach() noexcept { return std::exchange(array_, nullptr); }

 private:
  SAFEARRAY* array_ = nullptr;
};

// Returns the size of an element of an array, or 0 if the type does not determine it.
UINT SizeOfElement(VARTYPE type) noexcept;

// The elements of a SAFEARRAY of any number of dimensions, locked in memory while this object
// lives. A null array has one dimension without elements. Throws ComFailure if the array cannot be
// locked, has elements of another type or size than `type`, or says that it is larger than memory
// can be.
class LockedArray {
 public:
  LockedArray(SAFEARRAY* array, VARTYPE type);
  LockedArray(const LockedArray&) = delete;
  LockedArray& operator=(const LockedArray&) = delete;
  ~LockedArray();

  // The length of each dimension. The first dimension varies fastest in memory.
  const std::vector<ULONG>& Lengths() const noexcept { return lengths_; }
  // The number of elements in all dimensions.
  std::size_t Count() const noexcept { return count_; }
  std::size_t ElementSize() const noexcept { return element_size_; }
  BYTE* Data() const noexcept { return static_cast<BYTE*>(data_); }
  template <typename Element>
  std::span<Element> As() const noexcept {
    return {static_cast<Element*>(data_), count_};
  }

 private:
  SAFEARRAY* array_ = nullptr;  // null if nothing is locked
  void* data_ = nullptr;
  std::size_t count_ = 0;
  std::size_t element_size_ = 0;
  std::vector<ULONG> lengths_;
};

// Does the same for an array of one dimension. Throws ComFailure if it has more.
class LockedElements {
 public:
  LockedElements(SAFEARRAY* array, VARTYPE type);

  ULONG Length() const noexcept { return array_.Lengths().front(); }
  template <typename Element>
  Element* As() const noexcept {
    return static_cast<Element*>(static_cast<void*>(array_.Data()));
  }

 private:
  LockedArray array_;
};

}  // namespace async_com
