#pragma once

// The proxy/stub of IMethodCall, AsyncIMethodCall and ICallCancellation. It is compiled in: no DLL
// is registered. A process tells COM about it, in each apartment that calls or serves these
// interfaces:
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

// Gives the factory (IPSFactoryBuffer). It is a static object: it must not be used after its module
// has been unloaded.
HRESULT STDMETHODCALLTYPE MethodCallProxyDllGetClassObject(REFCLSID clsid, REFIID iid,
                                                           void** object);

#ifdef __cplusplus
}
#endif
