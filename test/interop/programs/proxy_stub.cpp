#include "proxy_stub.h"

#include "com.h"
#include "method_call.h"

namespace interop {

HMODULE LoadProxyStub(const std::wstring& path) {
  const HMODULE dll = LoadLibraryW(path.c_str());
  if (dll == nullptr) {
    throw Failure(HRESULT_FROM_WIN32(GetLastError()), "LoadLibraryW");
  }
  return dll;
}

ProxyStub::ProxyStub(const std::wstring& where) {
  if (where == L"registered") {
    return;
  }
  // The DLL stays in memory until the process ends, because proxies live as long as their
  // apartment.
  const auto entry = reinterpret_cast<LPFNGETCLASSOBJECT>(
      reinterpret_cast<void*>(GetProcAddress(LoadProxyStub(where), "DllGetClassObject")));
  if (entry == nullptr) {
    throw Failure(HRESULT_FROM_WIN32(GetLastError()), "GetProcAddress");
  }
  ComPtr<IUnknown> factory;
  Check(entry(CLSID_MethodCallProxy, IID_IPSFactoryBuffer,
              reinterpret_cast<void**>(factory.GetAddressOf())),
        "DllGetClassObject");
  Check(CoRegisterClassObject(CLSID_MethodCallProxy, factory.Get(), CLSCTX_INPROC_SERVER,
                              REGCLS_MULTIPLEUSE, &cookie_),
        "CoRegisterClassObject");
  for (const IID& iid : {IID_IMethodCall, IID_AsyncIMethodCall, IID_ICallCancellation}) {
    Check(CoRegisterPSClsid(iid, CLSID_MethodCallProxy), "CoRegisterPSClsid");
  }
}

ProxyStub::~ProxyStub() {
  if (cookie_ != 0) {
    CoRevokeClassObject(cookie_);
  }
}

}  // namespace interop
