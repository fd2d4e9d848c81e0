#pragma once

#include <windows.h>

#include <objbase.h>
#include <oleauto.h>
#include <wrl/client.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <utility>

// What any COM program needs, in its smallest form.
namespace interop {

using Microsoft::WRL::ComPtr;

// A step that failed.
class Failure : public std::runtime_error {
 public:
  Failure(HRESULT result, const char* step) : std::runtime_error(step), result_(result) {}

  HRESULT Result() const noexcept { return result_; }

 private:
  HRESULT result_;
};

inline void Check(HRESULT result, const char* step) {
  if (FAILED(result)) {
    throw Failure(result, step);
  }
}

// Keeps the calling thread in the multithreaded apartment while this object lives.
class Apartment {
 public:
  Apartment() { Check(CoInitializeEx(nullptr, COINIT_MULTITHREADED), "CoInitializeEx"); }
  Apartment(const Apartment&) = delete;
  Apartment& operator=(const Apartment&) = delete;
  ~Apartment() { CoUninitialize(); }
};

class Variant {
 public:
  Variant() noexcept { VariantInit(&value_); }
  Variant(Variant&& other) noexcept : value_(other.value_) { VariantInit(&other.value_); }
  Variant& operator=(Variant&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  ~Variant() { VariantClear(&value_); }

  VARIANT& operator*() noexcept { return value_; }
  const VARIANT& operator*() const noexcept { return value_; }
  VARIANT* operator->() noexcept { return &value_; }
  const VARIANT* operator->() const noexcept { return &value_; }

 private:
  VARIANT value_;
};

class Bstr {
 public:
  Bstr() = default;
  explicit Bstr(const std::wstring& text)
      : text_(SysAllocStringLen(text.data(), static_cast<UINT>(text.size()))) {
    if (text_ == nullptr) {
      throw Failure(E_OUTOFMEMORY, "SysAllocStringLen");
    }
  }
  Bstr(const Bstr&) = delete;
  Bstr& operator=(const Bstr&) = delete;
  ~Bstr() { SysFreeString(text_); }

  BSTR Get() const noexcept { return text_; }
  // For use as an out parameter, once.
  BSTR* Put() noexcept { return &text_; }
  BSTR Detach() noexcept { return std::exchange(text_, nullptr); }

 private:
  BSTR text_ = nullptr;
};

// Implements IUnknown for a class with one interface or more.
template <typename... Interfaces>
class ComObject : public Interfaces... {
 public:
  ComObject() = default;
  ComObject(const ComObject&) = delete;
  ComObject& operator=(const ComObject&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = Find<Interfaces...>(iid);
    if (*object == nullptr) {
      return E_NOINTERFACE;
    }
    AddRef();
    return S_OK;
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return ++references_; }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = --references_;
    if (left == 0) {
      delete this;
    }
    return left;
  }

 protected:
  virtual ~ComObject() = default;

 private:
  // The first interface is the object's identity.
  template <typename First, typename... Others>
  void* Find(REFIID iid) noexcept {
    if (iid == IID_IUnknown || iid == __uuidof(First)) {
      return static_cast<First*>(this);
    }
    void* found = nullptr;
    ((found == nullptr && iid == __uuidof(Others) ? found = static_cast<Others*>(this) : found),
     ...);
    return found;
  }

  std::atomic<ULONG> references_{1};
};

// Makes an object and returns the first reference to it.
template <typename Object, typename... Arguments>
ComPtr<Object> Make(Arguments&&... arguments) {
  ComPtr<Object> object;
  *object.ReleaseAndGetAddressOf() = new Object(std::forward<Arguments>(arguments)...);
  return object;
}

}  // namespace interop
