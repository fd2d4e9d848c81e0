#include "probes/call_factory.h"

#include <objidl.h>

#include <memory>
#include <vector>

#include "client/client_call_object.h"
#include "client/connection.h"
#include "com/class_object.h"
#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "probes/aggregation.h"
#include "server/server.h"
#include "server/server_object.h"

namespace async_com {

namespace {

// Queries each interface of an object for each other one. Returns the first failure.
HRESULT QueryEach(IUnknown& object, const std::vector<IID>& iids) {
  for (const IID& from : iids) {
    ComPtr<IUnknown> interface_of_object;
    HRESULT result =
        object.QueryInterface(from, reinterpret_cast<void**>(interface_of_object.GetAddressOf()));
    for (const IID& to : iids) {
      ComPtr<IUnknown> found;
      if (SUCCEEDED(result)) {
        result =
            interface_of_object->QueryInterface(to, reinterpret_cast<void**>(found.GetAddressOf()));
      }
    }
    if (FAILED(result)) {
      return result;
    }
  }
  return S_OK;
}

// Returns E_UNEXPECTED if two interfaces of an object have another IUnknown.
HRESULT CompareIdentities(IUnknown& object, const std::vector<IID>& iids) {
  ComPtr<IUnknown> identity;
  HRESULT result = object.QueryInterface(IID_PPV_ARGS(&identity));
  for (const IID& iid : iids) {
    ComPtr<IUnknown> other;
    ComPtr<IUnknown> interface_of_object;
    if (SUCCEEDED(result)) {
      result =
          object.QueryInterface(iid, reinterpret_cast<void**>(interface_of_object.GetAddressOf()));
    }
    if (SUCCEEDED(result)) {
      result = interface_of_object.As(&other);
    }
    if (SUCCEEDED(result) && other.Get() != identity.Get()) {
      result = E_UNEXPECTED;
    }
  }
  return result;
}

}  // namespace

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
  ComPtr<IUnknown> aggregated_other;
  add("aggregatedOther",
      factory.CreateCall(IID_AsyncIMethodCall, &factory, IID_ISynchronize, &aggregated_other));
  add("asSynchronize", factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_ISynchronize, &call));
  add("asAsynchronous",
      factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_AsyncIMethodCall, &call));
  ComPtr<IUnknown> other;
  add("asOther", factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_IMethodCall, &other));
  const std::vector<IID> server_iids{IID_AsyncIMethodCall, IID_ISynchronize};
  add("serverInterfaces", QueryEach(*call.Get(), server_iids));
  add("serverIdentity", CompareIdentities(*call.Get(), server_iids));
  probe.server_aggregates =
      IsAggregatable([&factory](IUnknown* controlling, ComPtr<IUnknown>& inner) {
        return factory.CreateCall(IID_AsyncIMethodCall, controlling, IID_IUnknown, &inner);
      });
  const auto connection = std::make_shared<Connection>(ComPtr<IMethodCall>(object.Get()));
  const auto client_call = make_client_call_object(connection, nullptr);
  const std::vector<IID> client_iids{IID_AsyncIMethodCall, IID_ISynchronize,
                                     IID_ICancelMethodCalls};
  add("clientInterfaces", QueryEach(*client_call.Get(), client_iids));
  add("clientIdentity", CompareIdentities(*client_call.Get(), client_iids));
  probe.client_aggregates = IsAggregatable([&](IUnknown* controlling, ComPtr<IUnknown>& inner) {
    inner = make_client_call_object(connection, controlling);
    return S_OK;
  });
  return probe;
}

}  // namespace async_com
