#include "proxy_stub_factory.h"

#include "method_call.h"
#include "proxy_stub.h"

namespace soak {

using interop::Check;

const IID& InterfaceOf(bool cancellation) {
  return cancellation ? IID_ICallCancellation : IID_IMethodCall;
}

interop::ComPtr<IPSFactoryBuffer> LoadFactory(const std::wstring& dll) {
  const auto entry = reinterpret_cast<LPFNGETCLASSOBJECT>(
      reinterpret_cast<void*>(GetProcAddress(interop::LoadProxyStub(dll), "DllGetClassObject")));
  if (entry == nullptr) {
    throw interop::Failure(HRESULT_FROM_WIN32(GetLastError()), "GetProcAddress");
  }
  interop::ComPtr<IPSFactoryBuffer> factory;
  Check(entry(CLSID_MethodCallProxy, IID_IPSFactoryBuffer,
              reinterpret_cast<void**>(factory.GetAddressOf())),
        "DllGetClassObject");
  return factory;
}

void RegisterFactory(IUnknown* factory) {
  DWORD cookie = 0;
  Check(CoRegisterClassObject(CLSID_MethodCallProxy, factory, CLSCTX_INPROC_SERVER,
                              REGCLS_MULTIPLEUSE, &cookie),
        "CoRegisterClassObject");
  for (const IID& iid : {IID_IMethodCall, IID_AsyncIMethodCall, IID_ICallCancellation}) {
    Check(CoRegisterPSClsid(iid, CLSID_MethodCallProxy), "CoRegisterPSClsid");
  }
}

}  // namespace soak
