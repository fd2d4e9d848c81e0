

/* this ALWAYS GENERATED file contains the IIDs and CLSIDs */

/* link this file in with the server and any clients */


 /* File created by MIDL compiler version 8.01.0628 */
/* at Tue Jan 19 03:14:07 2038
 */
/* Compiler settings for method_call.idl:
    Oicf, W1, Zp8
    protocol : dce , ms_ext, c_ext, robust
    error checks: allocation ref bounds_check enum stub_data 
    VC __declspec() decoration level: 
         __declspec(uuid()), __declspec(selectany), __declspec(novtable)
         DECLSPEC_UUID(), MIDL_INTERFACE()
*/
/* @@MIDL_FILE_HEADING(  ) */

#ifdef _MSC_VER
#pragma warning( disable: 4049 )  /* more than 64k source lines */
#endif


#ifdef __cplusplus
extern "C"{
#endif 


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

#else // !_MIDL_USE_GUIDDEF_

#ifndef __IID_DEFINED__
#define __IID_DEFINED__

typedef struct _IID
{
    unsigned long x;
    unsigned short s1;
    unsigned short s2;
    unsigned char  c[8];
} IID;

#endif // __IID_DEFINED__

#ifndef CLSID_DEFINED
#define CLSID_DEFINED
typedef IID CLSID;
#endif // CLSID_DEFINED

#define MIDL_DEFINE_GUID(type,name,l,w1,w2,b1,b2,b3,b4,b5,b6,b7,b8) \
        EXTERN_C __declspec(selectany) const type name = {l,w1,w2,{b1,b2,b3,b4,b5,b6,b7,b8}}

#endif // !_MIDL_USE_GUIDDEF_

MIDL_DEFINE_GUID(IID, IID_IMethodCall,0x214C30C4,0x5D64,0x4252,0x9B,0x8E,0x18,0x4C,0xCC,0x94,0x83,0xEF);


MIDL_DEFINE_GUID(IID, IID_AsyncIMethodCall,0x28BFFDE7,0xB6F0,0x4568,0xA8,0xE7,0x1D,0x2E,0x54,0x05,0x35,0x90);


MIDL_DEFINE_GUID(IID, IID_ICallCancellation,0x7A1E52F4,0x8C0B,0x4E0D,0x9B,0x6E,0x3D,0x1C,0x2F,0x70,0xA8,0xB5);


MIDL_DEFINE_GUID(CLSID, CLSID_MethodCallProxy,0xAB4344DF,0x3861,0x46DB,0xB1,0x69,0x99,0x02,0x6B,0xDA,0x30,0x2F);

#undef MIDL_DEFINE_GUID

#ifdef __cplusplus
}
#endif



