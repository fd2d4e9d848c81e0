// The two functions through which COM uses async_com_ps.dll. The DLL does not register itself:
// async-com writes and removes its registry keys.
#include "idl/proxy_stub.h"

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void** object) {
  return MethodCallProxyDllGetClassObject(clsid, iid, object);
}

STDAPI DllCanUnloadNow() { return MethodCallProxyDllCanUnloadNow(); }
