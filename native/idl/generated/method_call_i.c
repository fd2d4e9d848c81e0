/* Made from method_call.idl by scripts/idl.mjs. Do not edit. */

#include <rpc.h>
#include <rpcndr.h>

#ifdef _MIDL_USE_GUIDDEF_

#ifndef INITGUID
#define INITGUID
#include <guiddef.h>
#undef INITGUID
#else
#include <guiddef.h>
#endif

#define MIDL_DEFINE_GUID(type,name,l,w1,w2,b1,b2,b3,b4,b5,b6,b7,b8) \
    DEFINE_GUID(name,l,w1,w2,b1,b2,b3,b4,b5,b6,b7,b8)

#elif defined(__cplusplus)

#define MIDL_DEFINE_GUID(type,name,l,w1,w2,b1,b2,b3,b4,b5,b6,b7,b8) \
    EXTERN_C const type DECLSPEC_SELECTANY name = {l,w1,w2,{b1,b2,b3,b4,b5,b6,b7,b8}}

#else

#define MIDL_DEFINE_GUID(type,name,l,w1,w2,b1,b2,b3,b4,b5,b6,b7,b8) \
    const type DECLSPEC_SELECTANY name = {l,w1,w2,{b1,b2,b3,b4,b5,b6,b7,b8}}

#endif

#ifdef __cplusplus
extern "C" {
#endif

MIDL_DEFINE_GUID(IID, IID_IMethodCall, 0x214c30c4, 0x5d64, 0x4252, 0x9b,0x8e, 0x18,0x4c,0xcc,0x94,0x83,0xef);
MIDL_DEFINE_GUID(IID, IID_AsyncIMethodCall, 0x28bffde7, 0xb6f0, 0x4568, 0xa8,0xe7, 0x1d,0x2e,0x54,0x05,0x35,0x90);
MIDL_DEFINE_GUID(IID, IID_ICallCancellation, 0x7a1e52f4, 0x8c0b, 0x4e0d, 0x9b,0x6e, 0x3d,0x1c,0x2f,0x70,0xa8,0xb5);
MIDL_DEFINE_GUID(CLSID, CLSID_MethodCallProxy, 0xab4344df, 0x3861, 0x46db, 0xb1,0x69, 0x99,0x02,0x6b,0xda,0x30,0x2f);

#ifdef __cplusplus
}
#endif

#undef MIDL_DEFINE_GUID
