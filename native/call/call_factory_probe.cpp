#include "call/call_factory_probe.h"

#include <objidl.h>

#include <memory>

#include "call/aggregation_probe.h"
#include "call/client_call.h"
#include "call/client_object.h"
#include "call/server.h"
#include "call/server_object.h"
#include "com/class_object.h"
#include "com/ref_count.h"
#include "com/win32_error.h"
#include "idl/generated/method_call.h"

namespace async_com {

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
  add("aggregatedInterface",
      factory.CreateCall(IID_AsyncIMethodCall, &factory, IID_AsyncIMethodCall, &call));
  probe.server_aggregates = Aggregates([&factory](IUnknown* controlling, ComPtr<IUnknown>& inner) {
    return factory.CreateCall(IID_AsyncIMethodCall, controlling, IID_IUnknown, &inner);
  });
  const auto client_object = std::make_shared<ClientObject>(ComPtr<IMethodCall>(object.Get()));
  probe.client_aggregates = Aggregates([&](IUnknown* controlling, ComPtr<IUnknown>& inner) {
    inner = ClientCall::Create(client_object, controlling);
    return S_OK;
  });
  return probe;
}

}  // namespace async_com
