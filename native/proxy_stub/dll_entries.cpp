// The two functions by which COM uses async_com_ps.dll. It registers nothing itself: the keys are
// the product's to write and to remove.
#include "idl/proxy_stub.h"

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void** object) {
  return MethodCallProxyDllGetClassObject(clsid, iid, object);
}

STDAPI DllCanUnloadNow() { return MethodCallProxyDllCanUnloadNow(); }
