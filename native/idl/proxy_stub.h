#pragma once

// The proxy/stub of IMethodCall, AsyncIMethodCall and ICallCancellation. It is compiled into the
// addon, and into async_com_ps.dll (native/proxy_stub) for programs that find it through the
// registry. Without registry entries, a process must register it with COM in each apartment that
// calls or serves these interfaces:
//
//   MethodCallProxyDllGetClassObject(CLSID_MethodCallProxy, IID_IPSFactoryBuffer, &factory);
//   CoRegisterClassObject(CLSID_MethodCallProxy, factory, CLSCTX_INPROC_SERVER,
//                         REGCLS_MULTIPLEUSE, &cookie);
//   CoRegisterPSClsid(IID_IMethodCall, CLSID_MethodCallProxy);
//   CoRegisterPSClsid(IID_AsyncIMethodCall, CLSID_MethodCallProxy);
//   CoRegisterPSClsid(IID_ICallCancellation, CLSID_MethodCallProxy);

#include "generated/method_call.h"

#ifdef __cplusplus
extern "C" {
#endif

// Returns the factory (IPSFactoryBuffer). The factory is a static object, so it must not be used
// after its module has been unloaded.
HRESULT STDMETHODCALLTYPE MethodCallProxyDllGetClassObject(REFCLSID clsid, REFIID iid,
                                                           void** object);

// Returns S_OK if no proxy, stub or factory is in use.
HRESULT STDMETHODCALLTYPE MethodCallProxyDllCanUnloadNow(void);

#ifdef __cplusplus
}
#endif
