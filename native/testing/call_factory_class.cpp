#include "testing/call_factory_class.h"

#include <windows.h>

#include <objbase.h>

#include <future>
#include <memory>
#include <string_view>
#include <utility>

#include "com/class_object.h"
#include "com/entry.h"
#include "com/object.h"
#include "com/runtime.h"
#include "com/win32_error.h"
#include "idl/generated/method_call.h"
#include "server/controlling_unknown.h"
#include "server/server.h"
#include "server/server_object.h"
#include "threads/thread_pool.h"
#include "value/variant.h"

namespace async_com {

namespace {

HRESULT CreateCallFor(IUnknown* controlling, ServerObject& object) {
  ComPtr<IUnknown> call;
  return object.CreateCall(IID_AsyncIMethodCall, controlling, IID_IUnknown, &call);
}

HRESULT CreateCallElsewhere(IUnknown* controlling, ServerObject& object) {
  std::promise<HRESULT> created;
  ThreadPool::Worker().Run(
      MakeTask([&] { created.set_value(CreateCallFor(controlling, object)); }));
  return created.get_future().get();
}

ComPtr<IUnknown> ObjectIn(SAFEARRAY* arguments) {
  const LockedElements elements(arguments, VT_VARIANT);
  if (elements.Length() == 0 || elements.As<VARIANT>()->vt != VT_UNKNOWN) {
    ThrowIfFailed(DISP_E_TYPEMISMATCH, "ObjectIn");
  }
  return elements.As<VARIANT>()->punkVal;
}

HRESULT CreateCallWith(std::wstring_view controlling, SAFEARRAY* arguments) {
  // Nobody calls this server, so it needs no handler.
  const auto object = make_server_object(Server::Create(CLSID{}, 1, true, nullptr));
  if (controlling == L"null") {
    return CreateCallFor(nullptr, *object.Get());
  }
  if (controlling == L"argument") {
    return CreateCallFor(ObjectIn(arguments).Get(), *object.Get());
  }
  if (controlling == L"argument elsewhere") {
    return CreateCallElsewhere(ObjectIn(arguments).Get(), *object.Get());
  }
  if (controlling == L"own server object") {
    return CreateCallFor(object->Identity(), *object.Get());
  }
  if (controlling == L"own class object") {
    const auto own = MakeClassObject([](REFIID, void**) -> HRESULT { return E_NOTIMPL; });
    return CreateCallFor(own.Get(), *object.Get());
  }
  const auto local = MakeCom<ControllingUnknown>(nullptr);
  return CreateCallFor(local.Get(), *object.Get());
}

class FactoryCaller final : public ComObject<IMethodCall> {
 public:
  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    return Guarded([&] {
      VariantInit(result);
      *error = {};
      const std::wstring_view controlling(method, SysStringLen(method));
      result->lVal = CreateCallWith(controlling, arguments);
      result->vt = VT_I4;
      return S_OK;
    });
  }
};

}  // namespace

void OfferCallFactory(const std::wstring& clsid) {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  CLSID id{};
  ThrowIfFailed(CLSIDFromString(clsid.c_str(), &id), "CLSIDFromString");
  static ClassRegistration registration;
  ThrowIfFailed(registration.Register(id,
                                      [](REFIID iid, void** object) {
                                        return Guarded([&] {
                                          return MakeCom<FactoryCaller>()->QueryInterface(iid,
                                                                                          object);
                                        });
                                      }),
                "CoRegisterClassObject");
}

}  // namespace async_com
