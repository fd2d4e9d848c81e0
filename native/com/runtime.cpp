#include "com/runtime.h"

#include <objbase.h>

#include <combaseapi.h>

#include "com/entry.h"
#include "com/ref_count.h"
#include "com/security.h"
#include "idl/proxy_stub.h"

namespace async_com {

namespace {

void KeepApartmentAlive() {
  CO_MTA_USAGE_COOKIE cookie = nullptr;
  ThrowIfFailed(CoIncrementMTAUsage(&cookie), "CoIncrementMTAUsage");
}

void RegisterProxyStub() {
  ComPtr<IUnknown> factory;
  ThrowIfFailed(MethodCallProxyDllGetClassObject(CLSID_MethodCallProxy, IID_IPSFactoryBuffer,
                                                 reinterpret_cast<void**>(factory.GetAddressOf())),
                "MethodCallProxyDllGetClassObject");
  DWORD cookie = 0;
  ThrowIfFailed(CoRegisterClassObject(CLSID_MethodCallProxy, factory.Get(), CLSCTX_INPROC_SERVER,
                                      REGCLS_MULTIPLEUSE, &cookie),
                "CoRegisterClassObject");
  ThrowIfFailed(CoRegisterPSClsid(IID_IMethodCall, CLSID_MethodCallProxy), "CoRegisterPSClsid");
  ThrowIfFailed(CoRegisterPSClsid(IID_AsyncIMethodCall, CLSID_MethodCallProxy),
                "CoRegisterPSClsid");
}

}  // namespace

void KeepAddonInMemory() {
  HMODULE pinned = nullptr;
  if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                          reinterpret_cast<LPCWSTR>(reinterpret_cast<void*>(&StartComRuntime)),
                          &pinned)) {
    ThrowLastError("GetModuleHandleExW");
  }
}

HRESULT StartComRuntime() noexcept {
  static const HRESULT started = Guarded([] {
    KeepApartmentAlive();
    InitializeProcessSecurity();
    RegisterProxyStub();
    return S_OK;
  });
  return started;
}

}  // namespace async_com
