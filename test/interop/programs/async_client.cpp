// A client that calls the asynchronous interface, as "Making an Asynchronous Call" says:
// https://learn.microsoft.com/windows/win32/com/making-an-asynchronous-call
#include <windows.h>

#include <objidl.h>

#include "client.h"
#include "com.h"

namespace {

using interop::Check;
using interop::ComPtr;

void Call(IMethodCall& object, BSTR method, SAFEARRAY* arguments,
          const std::function<void()>& begun, interop::Answer& answer) {
  ComPtr<ICallFactory> factory;
  Check(object.QueryInterface(IID_PPV_ARGS(&factory)), "QueryInterface(ICallFactory)");
  ComPtr<AsyncIMethodCall> call;
  Check(factory->CreateCall(IID_AsyncIMethodCall, nullptr, IID_AsyncIMethodCall,
                            reinterpret_cast<IUnknown**>(call.GetAddressOf())),
        "CreateCall");
  ComPtr<ISynchronize> completion;
  Check(call.As(&completion), "QueryInterface(ISynchronize)");
  Check(call->Begin_Call(method, arguments, nullptr), "Begin_Call");
  begun();
  Check(completion->Wait(0, INFINITE), "Wait");
  CallError error{};
  answer.step = "Finish_Call";
  answer.hresult = call->Finish_Call(&*answer.value, &error);
  answer.handler_error = error.code;
  *answer.source.Put() = error.source;
  *answer.description.Put() = error.description;
}

}  // namespace

int main() {
  return interop::RunClient(Call, [](IMethodCall& object) {
    // If COM has no asynchronous calls on this proxy, the program's first line says so.
    ComPtr<ICallFactory> factory;
    Check(object.QueryInterface(IID_PPV_ARGS(&factory)), "ICallFactory");
  });
}
