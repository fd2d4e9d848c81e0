// The proxy/stub for the processor that this is compiled for, from the files that MIDL made for each,
// and its factory.

// MIDL's files look at this macro, and at macros of Microsoft's compiler. mingw-w64's headers define
// those, too.
#ifndef WIN32
#define WIN32
#endif
#include <windows.h>

#include "proxy_stub.h"

// MIDL's file for arm64 looks at this macro, which mingw-w64's headers do not define.
#if defined(_M_ARM64) && !defined(__RPC_ARM64__)
#define __RPC_ARM64__
#endif

// A prefix of the functions that rpcproxy.h makes. MIDL's files include it.
#define ENTRY_PREFIX MethodCallProxy

// mingw-w64's headers do not declare these.
HRESULT STDMETHODCALLTYPE IUnknown_QueryInterface_Proxy(IUnknown* This, REFIID riid, void** object);
ULONG STDMETHODCALLTYPE IUnknown_AddRef_Proxy(IUnknown* This);
ULONG STDMETHODCALLTYPE IUnknown_Release_Proxy(IUnknown* This);

#if defined(_MSC_VER)
#pragma warning(disable : 4132)  // MIDL's files declare constants before their values.
#endif

#if defined(_M_AMD64)
#include "generated/method_call_p_x64.c"
#elif defined(_M_ARM64)
#include "generated/method_call_p_arm64.c"
#elif defined(_M_IX86)
#include "generated/method_call_p_x86.c"
#else
#error There is no proxy/stub for this processor: it would be made with MIDL (npm run idl:midl).
#endif

// This stands for MIDL's dlldata.c. Its DLLDATA_ROUTINES would also define GetProxyDllInfo, and an empty
// _purecall in the addon.
EXTERN_PROXY_FILE(method_call)

PROXYFILE_LIST_START
REFERENCE_PROXY_FILE(method_call),
PROXYFILE_LIST_END

static CStdPSFactoryBuffer gPFactory;

DLLGETCLASSOBJECTROUTINE(aProxyFileList, &CLSID_MethodCallProxy, &gPFactory)
DLLCANUNLOADNOW(&gPFactory)
CSTDSTUBBUFFERRELEASE(&gPFactory)
