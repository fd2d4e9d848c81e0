/* Made from method_call.idl by scripts/idl.mjs. Do not edit. */

#include <objbase.h>
#define ENTRY_PREFIX MethodCallProxy
#include <rpcproxy.h>

#include "../proxy_stub.h"

#ifdef __cplusplus
extern "C" {
#endif

EXTERN_PROXY_FILE(method_call)

PROXYFILE_LIST_START
/* Start of list */
  REFERENCE_PROXY_FILE(method_call),
/* End of list */
PROXYFILE_LIST_END

static CStdPSFactoryBuffer gPFactory;

DLLGETCLASSOBJECTROUTINE(aProxyFileList, &CLSID_MethodCallProxy, &gPFactory)
DLLCANUNLOADNOW(&gPFactory)
CSTDSTUBBUFFERRELEASE(&gPFactory)

#ifdef __cplusplus
}
#endif
