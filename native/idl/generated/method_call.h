

/* this ALWAYS GENERATED file contains the definitions for the interfaces */


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


/* verify that the <rpcndr.h> version is high enough to compile this file*/
#ifndef __REQUIRED_RPCNDR_H_VERSION__
#define __REQUIRED_RPCNDR_H_VERSION__ 475
#endif

#include "rpc.h"
#include "rpcndr.h"

#ifndef __RPCNDR_H_VERSION__
#error this stub requires an updated version of <rpcndr.h>
#endif /* __RPCNDR_H_VERSION__ */

#ifndef COM_NO_WINDOWS_H
#include "windows.h"
#include "ole2.h"
#endif /*COM_NO_WINDOWS_H*/

#ifndef __method_call_h__
#define __method_call_h__

#if defined(_MSC_VER) && (_MSC_VER >= 1020)
#pragma once
#endif

#ifndef DECLSPEC_XFGVIRT
#if defined(_CONTROL_FLOW_GUARD_XFG)
#define DECLSPEC_XFGVIRT(base, func) __declspec(xfg_virtual(base, func))
#else
#define DECLSPEC_XFGVIRT(base, func)
#endif
#endif

/* Forward Declarations */ 

#ifndef __IMethodCall_FWD_DEFINED__
#define __IMethodCall_FWD_DEFINED__
typedef interface IMethodCall IMethodCall;

#endif 	/* __IMethodCall_FWD_DEFINED__ */


#ifndef __AsyncIMethodCall_FWD_DEFINED__
#define __AsyncIMethodCall_FWD_DEFINED__
typedef interface AsyncIMethodCall AsyncIMethodCall;

#endif 	/* __AsyncIMethodCall_FWD_DEFINED__ */


#ifndef __ICallCancellation_FWD_DEFINED__
#define __ICallCancellation_FWD_DEFINED__
typedef interface ICallCancellation ICallCancellation;

#endif 	/* __ICallCancellation_FWD_DEFINED__ */


#ifndef __MethodCallProxy_FWD_DEFINED__
#define __MethodCallProxy_FWD_DEFINED__

#ifdef __cplusplus
typedef class MethodCallProxy MethodCallProxy;
#else
typedef struct MethodCallProxy MethodCallProxy;
#endif /* __cplusplus */

#endif 	/* __MethodCallProxy_FWD_DEFINED__ */


/* header files for imported files */
#include "oaidl.h"

#ifdef __cplusplus
extern "C"{
#endif 


/* interface __MIDL_itf_method_call_0000_0000 */
/* [local] */ 

typedef struct CallError
    {
    HRESULT code;
    BSTR source;
    BSTR description;
    } 	CallError;



extern RPC_IF_HANDLE __MIDL_itf_method_call_0000_0000_v0_0_c_ifspec;
extern RPC_IF_HANDLE __MIDL_itf_method_call_0000_0000_v0_0_s_ifspec;

#ifndef __IMethodCall_INTERFACE_DEFINED__
#define __IMethodCall_INTERFACE_DEFINED__

/* interface IMethodCall */
/* [unique][async_uuid][uuid][object] */ 


EXTERN_C const IID IID_IMethodCall;

#if defined(__cplusplus) && !defined(CINTERFACE)
    
    MIDL_INTERFACE("214C30C4-5D64-4252-9B8E-184CCC9483EF")
    IMethodCall : public IUnknown
    {
    public:
        virtual HRESULT STDMETHODCALLTYPE Call( 
            /* [in] */ BSTR method,
            /* [in] */ LPSAFEARRAY arguments,
            /* [unique][in] */ const GUID *cancel_id,
            /* [out] */ VARIANT *result,
            /* [out] */ CallError *error) = 0;
        
    };
    
    
#else 	/* C style interface */

    typedef struct IMethodCallVtbl
    {
        BEGIN_INTERFACE
        
        DECLSPEC_XFGVIRT(IUnknown, QueryInterface)
        HRESULT ( STDMETHODCALLTYPE *QueryInterface )( 
            IMethodCall * This,
            /* [in] */ REFIID riid,
            /* [annotation][iid_is][out] */ 
            _COM_Outptr_  void **ppvObject);
        
        DECLSPEC_XFGVIRT(IUnknown, AddRef)
        ULONG ( STDMETHODCALLTYPE *AddRef )( 
            IMethodCall * This);
        
        DECLSPEC_XFGVIRT(IUnknown, Release)
        ULONG ( STDMETHODCALLTYPE *Release )( 
            IMethodCall * This);
        
        DECLSPEC_XFGVIRT(IMethodCall, Call)
        HRESULT ( STDMETHODCALLTYPE *Call )( 
            IMethodCall * This,
            /* [in] */ BSTR method,
            /* [in] */ LPSAFEARRAY arguments,
            /* [unique][in] */ const GUID *cancel_id,
            /* [out] */ VARIANT *result,
            /* [out] */ CallError *error);
        
        END_INTERFACE
    } IMethodCallVtbl;

    interface IMethodCall
    {
        CONST_VTBL struct IMethodCallVtbl *lpVtbl;
    };

    

#ifdef COBJMACROS


#define IMethodCall_QueryInterface(This,riid,ppvObject)	\
    ( (This)->lpVtbl -> QueryInterface(This,riid,ppvObject) ) 

#define IMethodCall_AddRef(This)	\
    ( (This)->lpVtbl -> AddRef(This) ) 

#define IMethodCall_Release(This)	\
    ( (This)->lpVtbl -> Release(This) ) 


#define IMethodCall_Call(This,method,arguments,cancel_id,result,error)	\
    ( (This)->lpVtbl -> Call(This,method,arguments,cancel_id,result,error) ) 

#endif /* COBJMACROS */


#endif 	/* C style interface */




#endif 	/* __IMethodCall_INTERFACE_DEFINED__ */


#ifndef __AsyncIMethodCall_INTERFACE_DEFINED__
#define __AsyncIMethodCall_INTERFACE_DEFINED__

/* interface AsyncIMethodCall */
/* [uuid][unique][object] */ 


EXTERN_C const IID IID_AsyncIMethodCall;

#if defined(__cplusplus) && !defined(CINTERFACE)
    
    MIDL_INTERFACE("28BFFDE7-B6F0-4568-A8E7-1D2E54053590")
    AsyncIMethodCall : public IUnknown
    {
    public:
        virtual HRESULT STDMETHODCALLTYPE Begin_Call( 
            /* [in] */ BSTR method,
            /* [in] */ LPSAFEARRAY arguments,
            /* [unique][in] */ const GUID *cancel_id) = 0;
        
        virtual HRESULT STDMETHODCALLTYPE Finish_Call( 
            /* [out] */ VARIANT *result,
            /* [out] */ CallError *error) = 0;
        
    };
    
    
#else 	/* C style interface */

    typedef struct AsyncIMethodCallVtbl
    {
        BEGIN_INTERFACE
        
        DECLSPEC_XFGVIRT(IUnknown, QueryInterface)
        HRESULT ( STDMETHODCALLTYPE *QueryInterface )( 
            AsyncIMethodCall * This,
            /* [in] */ REFIID riid,
            /* [annotation][iid_is][out] */ 
            _COM_Outptr_  void **ppvObject);
        
        DECLSPEC_XFGVIRT(IUnknown, AddRef)
        ULONG ( STDMETHODCALLTYPE *AddRef )( 
            AsyncIMethodCall * This);
        
        DECLSPEC_XFGVIRT(IUnknown, Release)
        ULONG ( STDMETHODCALLTYPE *Release )( 
            AsyncIMethodCall * This);
        
        DECLSPEC_XFGVIRT(AsyncIMethodCall, Begin_Call)
        HRESULT ( STDMETHODCALLTYPE *Begin_Call )( 
            AsyncIMethodCall * This,
            /* [in] */ BSTR method,
            /* [in] */ LPSAFEARRAY arguments,
            /* [unique][in] */ const GUID *cancel_id);
        
        DECLSPEC_XFGVIRT(AsyncIMethodCall, Finish_Call)
        HRESULT ( STDMETHODCALLTYPE *Finish_Call )( 
            AsyncIMethodCall * This,
            /* [out] */ VARIANT *result,
            /* [out] */ CallError *error);
        
        END_INTERFACE
    } AsyncIMethodCallVtbl;

    interface AsyncIMethodCall
    {
        CONST_VTBL struct AsyncIMethodCallVtbl *lpVtbl;
    };

    

#ifdef COBJMACROS


#define AsyncIMethodCall_QueryInterface(This,riid,ppvObject)	\
    ( (This)->lpVtbl -> QueryInterface(This,riid,ppvObject) ) 

#define AsyncIMethodCall_AddRef(This)	\
    ( (This)->lpVtbl -> AddRef(This) ) 

#define AsyncIMethodCall_Release(This)	\
    ( (This)->lpVtbl -> Release(This) ) 


#define AsyncIMethodCall_Begin_Call(This,method,arguments,cancel_id)	\
    ( (This)->lpVtbl -> Begin_Call(This,method,arguments,cancel_id) ) 

#define AsyncIMethodCall_Finish_Call(This,result,error)	\
    ( (This)->lpVtbl -> Finish_Call(This,result,error) ) 

#endif /* COBJMACROS */


#endif 	/* C style interface */




#endif 	/* __AsyncIMethodCall_INTERFACE_DEFINED__ */


#ifndef __ICallCancellation_INTERFACE_DEFINED__
#define __ICallCancellation_INTERFACE_DEFINED__

/* interface ICallCancellation */
/* [unique][uuid][object] */ 


EXTERN_C const IID IID_ICallCancellation;

#if defined(__cplusplus) && !defined(CINTERFACE)
    
    MIDL_INTERFACE("7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5")
    ICallCancellation : public IUnknown
    {
    public:
        virtual HRESULT STDMETHODCALLTYPE CancelCall( 
            /* [in] */ REFGUID cancel_id) = 0;
        
    };
    
    
#else 	/* C style interface */

    typedef struct ICallCancellationVtbl
    {
        BEGIN_INTERFACE
        
        DECLSPEC_XFGVIRT(IUnknown, QueryInterface)
        HRESULT ( STDMETHODCALLTYPE *QueryInterface )( 
            ICallCancellation * This,
            /* [in] */ REFIID riid,
            /* [annotation][iid_is][out] */ 
            _COM_Outptr_  void **ppvObject);
        
        DECLSPEC_XFGVIRT(IUnknown, AddRef)
        ULONG ( STDMETHODCALLTYPE *AddRef )( 
            ICallCancellation * This);
        
        DECLSPEC_XFGVIRT(IUnknown, Release)
        ULONG ( STDMETHODCALLTYPE *Release )( 
            ICallCancellation * This);
        
        DECLSPEC_XFGVIRT(ICallCancellation, CancelCall)
        HRESULT ( STDMETHODCALLTYPE *CancelCall )( 
            ICallCancellation * This,
            /* [in] */ REFGUID cancel_id);
        
        END_INTERFACE
    } ICallCancellationVtbl;

    interface ICallCancellation
    {
        CONST_VTBL struct ICallCancellationVtbl *lpVtbl;
    };

    

#ifdef COBJMACROS


#define ICallCancellation_QueryInterface(This,riid,ppvObject)	\
    ( (This)->lpVtbl -> QueryInterface(This,riid,ppvObject) ) 

#define ICallCancellation_AddRef(This)	\
    ( (This)->lpVtbl -> AddRef(This) ) 

#define ICallCancellation_Release(This)	\
    ( (This)->lpVtbl -> Release(This) ) 


#define ICallCancellation_CancelCall(This,cancel_id)	\
    ( (This)->lpVtbl -> CancelCall(This,cancel_id) ) 

#endif /* COBJMACROS */


#endif 	/* C style interface */




#endif 	/* __ICallCancellation_INTERFACE_DEFINED__ */


/* interface __MIDL_itf_method_call_0000_0003 */
/* [local] */ 

#if defined(__cplusplus) && defined(__CRT_UUID_DECL)
__CRT_UUID_DECL(IMethodCall, 0x214C30C4, 0x5D64, 0x4252, 0x9B, 0x8E, 0x18, 0x4C, 0xCC, 0x94, 0x83, 0xEF)
__CRT_UUID_DECL(AsyncIMethodCall, 0x28BFFDE7, 0xB6F0, 0x4568, 0xA8, 0xE7, 0x1D, 0x2E, 0x54, 0x05, 0x35, 0x90)
__CRT_UUID_DECL(ICallCancellation, 0x7A1E52F4, 0x8C0B, 0x4E0D, 0x9B, 0x6E, 0x3D, 0x1C, 0x2F, 0x70, 0xA8, 0xB5)
#endif
EXTERN_C const CLSID CLSID_MethodCallProxy;


extern RPC_IF_HANDLE __MIDL_itf_method_call_0000_0003_v0_0_c_ifspec;
extern RPC_IF_HANDLE __MIDL_itf_method_call_0000_0003_v0_0_s_ifspec;

/* Additional Prototypes for ALL interfaces */

unsigned long             __RPC_USER  BSTR_UserSize(     unsigned long *, unsigned long            , BSTR * ); 
unsigned char * __RPC_USER  BSTR_UserMarshal(  unsigned long *, unsigned char *, BSTR * ); 
unsigned char * __RPC_USER  BSTR_UserUnmarshal(unsigned long *, unsigned char *, BSTR * ); 
void                      __RPC_USER  BSTR_UserFree(     unsigned long *, BSTR * ); 

unsigned long             __RPC_USER  LPSAFEARRAY_UserSize(     unsigned long *, unsigned long            , LPSAFEARRAY * ); 
unsigned char * __RPC_USER  LPSAFEARRAY_UserMarshal(  unsigned long *, unsigned char *, LPSAFEARRAY * ); 
unsigned char * __RPC_USER  LPSAFEARRAY_UserUnmarshal(unsigned long *, unsigned char *, LPSAFEARRAY * ); 
void                      __RPC_USER  LPSAFEARRAY_UserFree(     unsigned long *, LPSAFEARRAY * ); 

unsigned long             __RPC_USER  VARIANT_UserSize(     unsigned long *, unsigned long            , VARIANT * ); 
unsigned char * __RPC_USER  VARIANT_UserMarshal(  unsigned long *, unsigned char *, VARIANT * ); 
unsigned char * __RPC_USER  VARIANT_UserUnmarshal(unsigned long *, unsigned char *, VARIANT * ); 
void                      __RPC_USER  VARIANT_UserFree(     unsigned long *, VARIANT * ); 

/* end of Additional Prototypes */

#ifdef __cplusplus
}
#endif

#endif


