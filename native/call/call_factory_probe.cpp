#include "call/call_factory_probe.h"

#include <objidl.h>

#include <memory>

#include "call/server.h"
#include "call/server_object.h"
#include "com/class_object.h"
#include "com/ref_count.h"
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

bool Aggregates(ICallFactory& factory) {
  const auto outer = MakeCom<Outer>();
  ThrowIfFailed(factory.CreateCall(IID_AsyncIMethodCall, outer.Get(), IID_IUnknown, &outer->inner),
                "ICallFactory::CreateCall");
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

}  // namespace

CallFactoryProbe ProbeCallFactory() {
  // Nobody calls it, so nobody handles its calls.
  const auto server = std::make_shared<Server>(CLSID{}, 1, true, nullptr);
  CallFactoryProbe probe;
  const auto add = [&probe](const char* name, HRESULT result) {
    probe.results.emplace_back(name, result);
  };
  const auto object = MakeCom<ServerObject>(server);
  ComPtr<ICallFactory> asked;
  add("serverObject", object->QueryInterface(IID_PPV_ARGS(&asked)));
  const auto class_object = MakeClassObject([](REFIID, void**) -> HRESULT { return E_NOTIMPL; });
  add("classObject", class_object->QueryInterface(IID_PPV_ARGS(&asked)));

  ICallFactory& factory = *object.Get();
  ComPtr<IUnknown> call;
  add("asynchronous", factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, &call));
  add("synchronous", factory.CreateCall(IID_IMethodCall, nullptr, IID_IUnknown, &call));
  add("another", factory.CreateCall(IID_ISynchronize, nullptr, IID_IUnknown, &call));
  add("nowhere", factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, nullptr));
  const auto outer = MakeCom<Outer>();
  add("aggregatedInterface",
      factory.CreateCall(IID_AsyncIMethodCall, outer.Get(), IID_AsyncIMethodCall, &call));
  probe.aggregates = Aggregates(factory);
  return probe;
}

}  // namespace async_com
