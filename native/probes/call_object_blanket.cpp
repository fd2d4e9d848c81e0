#include "probes/call_object_blanket.h"

#include <objidl.h>

#include "com/win32_error.h"

namespace async_com {

CallObjectBlankets TryBlanketOnCallObject(IMethodCall* proxy, const BlanketOptions& blanket) {
  ComPtr<ICallFactory> factory;
  ThrowIfFailed(proxy->QueryInterface(IID_PPV_ARGS(&factory)), "ICallFactory");
  ComPtr<IUnknown> call_object;
  ThrowIfFailed(factory->CreateCall(IID_AsyncIMethodCall, nullptr, IID_AsyncIMethodCall,
                                    call_object.GetAddressOf()),
                "ICallFactory::CreateCall");
  CallObjectBlankets seen;
  seen.before = QueryProxyBlanket(call_object.Get());
  SetProxyBlanket(call_object.Get(), blanket);
  seen.after = QueryProxyBlanket(call_object.Get());
  seen.proxy_after = QueryProxyBlanket(proxy);
  return seen;
}

}  // namespace async_com
