#include "probes/call_factory.h"

#include <objidl.h>

#include <memory>

#include "client/client_call_object.h"
#include "client/connection.h"
#include "com/class_object.h"
#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "probes/aggregation.h"
#include "server/server.h"
#include "server/server_object.h"

namespace async_com {

CallFactoryProbe ProbeCallFactory() {
  // Nobody calls this server, so it needs no handler.
  const auto server = Server::Create(CLSID{}, 1, true, nullptr);
  CallFactoryProbe probe;
  const auto add = [&probe](const char* name, HRESULT result) {
    probe.results.emplace_back(name, result);
  };
  const auto object = make_server_object(server);
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
  ComPtr<IUnknown> other;
  add("aggregatedOther",
      factory.CreateCall(IID_AsyncIMethodCall, &factory, IID_ISynchronize, &other));
  probe.server_aggregates =
      IsAggregatable([&factory](IUnknown* controlling, ComPtr<IUnknown>& inner) {
        return factory.CreateCall(IID_AsyncIMethodCall, controlling, IID_IUnknown, &inner);
      });
  const auto connection = std::make_shared<Connection>(ComPtr<IMethodCall>(object.Get()));
  probe.client_aggregates = IsAggregatable([&](IUnknown* controlling, ComPtr<IUnknown>& inner) {
    inner = make_client_call_object(connection, controlling);
    return S_OK;
  });
  return probe;
}

}  // namespace async_com
