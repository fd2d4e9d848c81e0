#include "probes/aggregation.h"

#include "com/object.h"
#include "com/win32_error.h"
#include "idl/generated/method_call.h"

namespace async_com {

namespace {

// A controlling unknown without interfaces of its own.
class Outer final : public ComObject<IUnknown> {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    const HRESULT own = ComObject::QueryInterface(iid, object);
    return own == E_NOINTERFACE && inner != nullptr ? inner->QueryInterface(iid, object) : own;
  }

  ComPtr<IUnknown> inner;
};

ULONG ReferencesOf(IUnknown& object) {
  object.AddRef();
  return object.Release();
}

}  // namespace

bool IsAggregatable(const CreateAggregated& create) {
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
