#include "call/aggregation_probe.h"

#include "com/win32_error.h"
#include "idl/generated/method_call.h"

namespace async_com {

namespace {

// A controlling unknown that has nothing of its own.
class Outer final : public IUnknown {
 public:
  Outer() = default;
  Outer(const Outer&) = delete;
  Outer& operator=(const Outer&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = nullptr;
    if (iid == IID_IUnknown) {
      *object = this;
      AddRef();
      return S_OK;
    }
    return inner == nullptr ? E_NOINTERFACE : inner->QueryInterface(iid, object);
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = references_.Decrement();
    if (left == 0) {
      delete this;
    }
    return left;
  }

  ComPtr<IUnknown> inner;

 private:
  ~Outer() = default;

  RefCount references_;
};

ULONG ReferencesOf(IUnknown& object) {
  object.AddRef();
  return object.Release();
}

}  // namespace

bool Aggregates(const CreateAggregated& create) {
  const auto outer = MakeCom<Outer>();
  ThrowIfFailed(create(outer.Get(), outer->inner), "CreateCall");
  ComPtr<AsyncIMethodCall> call;
  ThrowIfFailed(outer->inner.As(&call), "QueryInterface(AsyncIMethodCall)");
  ComPtr<IUnknown> identity;
  ThrowIfFailed(call.As(&identity), "QueryInterface(IUnknown)");
  const ULONG before = ReferencesOf(*outer.Get());
  call->AddRef();
  const bool counted = ReferencesOf(*outer.Get()) == before + 1;
  call->Release();
  return counted && identity.Get() == static_cast<IUnknown*>(outer.Get());
}

}  // namespace async_com
