#pragma once

#include <windows.h>

#include <objbase.h>

#include <utility>

#include "com/com_ptr.h"
#include "com/ref_count.h"

namespace async_com {

// Returns the pointer of `object` for `iid`, which is one of these interfaces or IUnknown. Returns
// null for any other interface.
template <typename First, typename... Others, typename Object>
void* FindInterface(Object* object, REFIID iid) noexcept {
  if (iid == IID_IUnknown) {
    return static_cast<First*>(object);
  }
  void* found = iid == __uuidof(First) ? static_cast<First*>(object) : nullptr;
  static_cast<void>(
      ((iid == __uuidof(Others) && (found = static_cast<Others*>(object)) != nullptr) || ...));
  return found;
}

// A COM object with an identity and a lifetime of its own. MakeCom makes one.
template <typename... Interfaces>
class ComObject : public Interfaces... {
 public:
  ComObject(const ComObject&) = delete;
  ComObject& operator=(const ComObject&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = Find(iid);
    if (*object == nullptr) {
      return E_NOINTERFACE;
    }
    AddRef();
    return S_OK;
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = references_.Decrement();
    if (left == 0) {
      delete this;
    }
    return left;
  }

 protected:
  ComObject() = default;
  virtual ~ComObject() = default;

  // Returns null for an interface that the object does not have.
  virtual void* Find(REFIID iid) noexcept { return FindInterface<Interfaces...>(this, iid); }

  bool AddRefUnlessGone() noexcept { return references_.IncrementUnlessZero(); }

 private:
  RefCount references_;
};

// A COM object that is part of another one, the controlling unknown. Its interfaces delegate
// IUnknown to the controlling unknown. If none is given, the object is its own controlling unknown.
// https://learn.microsoft.com/windows/win32/com/aggregation
template <typename... Interfaces>
class AggregatedObject : public Interfaces... {
 public:
  AggregatedObject(const AggregatedObject&) = delete;
  AggregatedObject& operator=(const AggregatedObject&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    return controlling_->QueryInterface(iid, object);
  }
  ULONG STDMETHODCALLTYPE AddRef() noexcept override {
    if (kept_by_interfaces_) {
      non_delegating_.AddRef();
    }
    return controlling_->AddRef();
  }
  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const bool kept = kept_by_interfaces_;
    const ULONG left = controlling_->Release();
    // If nothing else keeps this object, the reference that is released here has kept it until now.
    if (kept) {
      non_delegating_.Release();
    }
    return left;
  }

  // Returns the non-delegating IUnknown. Only the controlling unknown holds it.
  IUnknown* NonDelegating() noexcept { return &non_delegating_; }

  // Called before any use if nobody will hold the non-delegating IUnknown. References to the
  // object's interfaces then keep the object, too.
  void KeepByInterfaces() noexcept { kept_by_interfaces_ = true; }

 protected:
  explicit AggregatedObject(IUnknown* controlling) noexcept
      : non_delegating_(*this),
        controlling_(controlling == nullptr ? &non_delegating_ : controlling) {}
  virtual ~AggregatedObject() = default;

  // Returns null for an interface that the object does not have.
  virtual void* Find(REFIID iid) noexcept { return FindInterface<Interfaces...>(this, iid); }

  // The controlling unknown holds this object, so this object holds no reference to it.
  IUnknown* Controlling() const noexcept { return controlling_; }

 private:
  class NonDelegatingUnknown final : public IUnknown {
   public:
    explicit NonDelegatingUnknown(AggregatedObject& object) noexcept : object_(object) {}
    NonDelegatingUnknown(const NonDelegatingUnknown&) = delete;
    NonDelegatingUnknown& operator=(const NonDelegatingUnknown&) = delete;
    virtual ~NonDelegatingUnknown() = default;

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
      if (object == nullptr) {
        return E_POINTER;
      }
      if (iid == IID_IUnknown) {
        *object = static_cast<IUnknown*>(this);
        AddRef();
        return S_OK;
      }
      *object = object_.Find(iid);
      if (*object == nullptr) {
        return E_NOINTERFACE;
      }
      object_.AddRef();
      return S_OK;
    }

    ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

    ULONG STDMETHODCALLTYPE Release() noexcept override {
      const ULONG left = references_.Decrement();
      if (left == 0) {
        delete &object_;
      }
      return left;
    }

   private:
    AggregatedObject& object_;
    RefCount references_;
  };

  NonDelegatingUnknown non_delegating_;
  IUnknown* const controlling_;
  bool kept_by_interfaces_ = false;
};

// Creates a COM object and returns the first reference to it.
template <typename Object, typename... Arguments>
ComPtr<Object> MakeCom(Arguments&&... arguments) {
  return Adopt(new Object(std::forward<Arguments>(arguments)...));
}

// Creates an aggregated object and returns the first reference to its non-delegating IUnknown.
template <typename Object, typename... Arguments>
ComPtr<IUnknown> MakeAggregated(Arguments&&... arguments) {
  return Adopt((new Object(std::forward<Arguments>(arguments)...))->NonDelegating());
}

}  // namespace async_com
