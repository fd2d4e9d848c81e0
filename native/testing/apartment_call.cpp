#include "testing/apartment_call.h"

#include <objbase.h>
#include <objidl.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "com/com_ptr.h"
#include "com/runtime.h"
#include "com/win32_error.h"
#include "idl/proxy_stub.h"
#include "server/server.h"
#include "server/server_call.h"
#include "server/server_object.h"

namespace async_com {

namespace {

constexpr DWORD kMostMilliseconds = 5000;

// Answers each call at once.
class AnsweringHandler final : public CallHandler {
 public:
  bool Arrived(std::shared_ptr<ServerCall> call) noexcept override {
    system_path = call->Path() == CallPath::kSystem;
    call->Complete({});
    return true;
  }
  void Cancelled(std::shared_ptr<ServerCall>) noexcept override {}
  void Idle() noexcept override {}
  void Unused() noexcept override {}

  std::atomic<bool> system_path{false};
};

using Steps = std::vector<std::pair<std::string, HRESULT>>;

bool Add(Steps& steps, const char* name, HRESULT result) {
  steps.emplace_back(name, result);
  return SUCCEEDED(result);
}

void CallSynchronously(Steps& steps, IMethodCall& object) {
  const Bstr method(L"any");
  Variant value;
  CallError error{};
  Add(steps, "call", object.Call(method.Get(), nullptr, nullptr, value.Put(), &error));
}

void CallAsynchronously(Steps& steps, ICallFactory& factory) {
  ComPtr<IUnknown> made;
  if (!Add(steps, "createCall",
           factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, made.GetAddressOf()))) {
    return;
  }
  ComPtr<AsyncIMethodCall> call;
  ComPtr<ISynchronize> synchronize;
  if (!Add(steps, "asynchronous", made.As(&call)) ||
      !Add(steps, "synchronize", made.As(&synchronize))) {
    return;
  }
  const Bstr method(L"any");
  if (!Add(steps, "begin", call->Begin_Call(method.Get(), nullptr, nullptr)) ||
      !Add(steps, "wait", synchronize->Wait(0, kMostMilliseconds))) {
    return;
  }
  Variant value;
  CallError error{};
  Add(steps, "finish", call->Finish_Call(value.Put(), &error));
}

// Each apartment needs the proxy/stub (native/idl/proxy_stub.h).
HRESULT RegisterProxyStubHere() {
  ComPtr<IUnknown> factory;
  HRESULT result =
      MethodCallProxyDllGetClassObject(CLSID_MethodCallProxy, IID_IPSFactoryBuffer,
                                       reinterpret_cast<void**>(factory.GetAddressOf()));
  DWORD cookie = 0;
  if (SUCCEEDED(result)) {
    result = CoRegisterClassObject(CLSID_MethodCallProxy, factory.Get(), CLSCTX_INPROC_SERVER,
                                   REGCLS_MULTIPLEUSE, &cookie);
  }
  for (const IID& iid : {IID_IMethodCall, IID_AsyncIMethodCall}) {
    if (SUCCEEDED(result)) {
      result = CoRegisterPSClsid(iid, CLSID_MethodCallProxy);
    }
  }
  return result;
}

// On the thread of the single-threaded apartment.
void Call(Steps& steps, IStream* stream) {
  if (!Add(steps, "apartment", CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED))) {
    return;
  }
  if (Add(steps, "proxyStub", RegisterProxyStubHere())) {
    ComPtr<IMethodCall> object;
    if (Add(steps, "unmarshal", CoGetInterfaceAndReleaseStream(stream, IID_PPV_ARGS(&object)))) {
      ComPtr<ICallFactory> factory;
      if (Add(steps, "callFactory", object.As(&factory))) {
        CallAsynchronously(steps, *factory.Get());
      } else {
        CallSynchronously(steps, *object.Get());
      }
    }
  }
  CoUninitialize();
}

}  // namespace

std::vector<std::pair<std::string, HRESULT>> CallAcrossApartments() {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  const auto handler = std::make_shared<AnsweringHandler>();
  const auto server = Server::Create(CLSID{}, 1, true, handler);
  const auto object = make_server_object(server);
  IStream* stream = nullptr;
  ThrowIfFailed(CoMarshalInterThreadInterfaceInStream(
                    IID_IMethodCall, static_cast<IMethodCall*>(object.Get()), &stream),
                "CoMarshalInterThreadInterfaceInStream");
  Steps steps;
  std::thread(Call, std::ref(steps), stream).join();
  steps.emplace_back("path", handler->system_path ? S_FALSE : S_OK);
  return steps;
}

}  // namespace async_com
