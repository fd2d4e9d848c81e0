/* Made from method_call.idl by scripts/idl.mjs. Do not edit. */

#ifdef _WIN32
#ifndef __REQUIRED_RPCNDR_H_VERSION__
#define __REQUIRED_RPCNDR_H_VERSION__ 475
#endif
#include <rpc.h>
#include <rpcndr.h>
#endif

#ifndef COM_NO_WINDOWS_H
#include <windows.h>
#include <ole2.h>
#endif

#ifndef __method_call_h__
#define __method_call_h__

/* Forward declarations */

#ifndef __IMethodCall_FWD_DEFINED__
#define __IMethodCall_FWD_DEFINED__
typedef interface IMethodCall IMethodCall;
#ifdef __cplusplus
interface IMethodCall;
#endif /* __cplusplus */
#endif

#ifndef __AsyncIMethodCall_FWD_DEFINED__
#define __AsyncIMethodCall_FWD_DEFINED__
typedef interface AsyncIMethodCall AsyncIMethodCall;
#ifdef __cplusplus
interface AsyncIMethodCall;
#endif /* __cplusplus */
#endif

#ifndef __ICallCancellation_FWD_DEFINED__
#define __ICallCancellation_FWD_DEFINED__
typedef interface ICallCancellation ICallCancellation;
#ifdef __cplusplus
interface ICallCancellation;
#endif /* __cplusplus */
#endif

#ifndef __MethodCallProxy_FWD_DEFINED__
#define __MethodCallProxy_FWD_DEFINED__
#ifdef __cplusplus
typedef class MethodCallProxy MethodCallProxy;
#else
typedef struct MethodCallProxy MethodCallProxy;
#endif /* defined __cplusplus */
#endif /* defined __MethodCallProxy_FWD_DEFINED__ */

/* Headers for imported files */

#include <oaidl.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CallError {
    HRESULT code;
    BSTR source;
    BSTR description;
} CallError;
/*****************************************************************************
 * IMethodCall interface
 */
#ifndef __IMethodCall_INTERFACE_DEFINED__
#define __IMethodCall_INTERFACE_DEFINED__

DEFINE_GUID(IID_IMethodCall, 0x214c30c4, 0x5d64, 0x4252, 0x9b,0x8e, 0x18,0x4c,0xcc,0x94,0x83,0xef);
#if defined(__cplusplus) && !defined(CINTERFACE)
MIDL_INTERFACE("214c30c4-5d64-4252-9b8e-184ccc9483ef")
IMethodCall : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Call(
        BSTR method,
        LPSAFEARRAY arguments,
        const GUID *cancel_id,
        VARIANT *result,
        CallError *error) = 0;

};
#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(IMethodCall, 0x214c30c4, 0x5d64, 0x4252, 0x9b,0x8e, 0x18,0x4c,0xcc,0x94,0x83,0xef)
#endif
#else
typedef struct IMethodCallVtbl {
    BEGIN_INTERFACE

    /*** IUnknown methods ***/
    HRESULT (STDMETHODCALLTYPE *QueryInterface)(
        IMethodCall *This,
        REFIID riid,
        void **ppvObject);

    ULONG (STDMETHODCALLTYPE *AddRef)(
        IMethodCall *This);

    ULONG (STDMETHODCALLTYPE *Release)(
        IMethodCall *This);

    /*** IMethodCall methods ***/
    HRESULT (STDMETHODCALLTYPE *Call)(
        IMethodCall *This,
        BSTR method,
        LPSAFEARRAY arguments,
        const GUID *cancel_id,
        VARIANT *result,
        CallError *error);

    END_INTERFACE
} IMethodCallVtbl;

interface IMethodCall {
    CONST_VTBL IMethodCallVtbl* lpVtbl;
};

#ifdef COBJMACROS
#ifndef WIDL_C_INLINE_WRAPPERS
/*** IUnknown methods ***/
#define IMethodCall_QueryInterface(This,riid,ppvObject) (This)->lpVtbl->QueryInterface(This,riid,ppvObject)
#define IMethodCall_AddRef(This) (This)->lpVtbl->AddRef(This)
#define IMethodCall_Release(This) (This)->lpVtbl->Release(This)
/*** IMethodCall methods ***/
#define IMethodCall_Call(This,method,arguments,cancel_id,result,error) (This)->lpVtbl->Call(This,method,arguments,cancel_id,result,error)
#else
/*** IUnknown methods ***/
static FORCEINLINE HRESULT IMethodCall_QueryInterface(IMethodCall* This,REFIID riid,void **ppvObject) {
    return This->lpVtbl->QueryInterface(This,riid,ppvObject);
}
static FORCEINLINE ULONG IMethodCall_AddRef(IMethodCall* This) {
    return This->lpVtbl->AddRef(This);
}
static FORCEINLINE ULONG IMethodCall_Release(IMethodCall* This) {
    return This->lpVtbl->Release(This);
}
/*** IMethodCall methods ***/
static FORCEINLINE HRESULT IMethodCall_Call(IMethodCall* This,BSTR method,LPSAFEARRAY arguments,const GUID *cancel_id,VARIANT *result,CallError *error) {
    return This->lpVtbl->Call(This,method,arguments,cancel_id,result,error);
}
#endif
#endif

#endif


#endif  /* __IMethodCall_INTERFACE_DEFINED__ */

/*****************************************************************************
 * AsyncIMethodCall interface
 */
#ifndef __AsyncIMethodCall_INTERFACE_DEFINED__
#define __AsyncIMethodCall_INTERFACE_DEFINED__

DEFINE_GUID(IID_AsyncIMethodCall, 0x28bffde7, 0xb6f0, 0x4568, 0xa8,0xe7, 0x1d,0x2e,0x54,0x05,0x35,0x90);
#if defined(__cplusplus) && !defined(CINTERFACE)
MIDL_INTERFACE("28bffde7-b6f0-4568-a8e7-1d2e54053590")
AsyncIMethodCall : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Begin_Call(
        BSTR method,
        LPSAFEARRAY arguments,
        const GUID *cancel_id) = 0;

    virtual HRESULT STDMETHODCALLTYPE Finish_Call(
        VARIANT *result,
        CallError *error) = 0;

};
#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(AsyncIMethodCall, 0x28bffde7, 0xb6f0, 0x4568, 0xa8,0xe7, 0x1d,0x2e,0x54,0x05,0x35,0x90)
#endif
#else
typedef struct AsyncIMethodCallVtbl {
    BEGIN_INTERFACE

    /*** IUnknown methods ***/
    HRESULT (STDMETHODCALLTYPE *QueryInterface)(
        AsyncIMethodCall *This,
        REFIID riid,
        void **ppvObject);

    ULONG (STDMETHODCALLTYPE *AddRef)(
        AsyncIMethodCall *This);

    ULONG (STDMETHODCALLTYPE *Release)(
        AsyncIMethodCall *This);

    /*** AsyncIMethodCall methods ***/
    HRESULT (STDMETHODCALLTYPE *Begin_Call)(
        AsyncIMethodCall *This,
        BSTR method,
        LPSAFEARRAY arguments,
        const GUID *cancel_id);

    HRESULT (STDMETHODCALLTYPE *Finish_Call)(
        AsyncIMethodCall *This,
        VARIANT *result,
        CallError *error);

    END_INTERFACE
} AsyncIMethodCallVtbl;

interface AsyncIMethodCall {
    CONST_VTBL AsyncIMethodCallVtbl* lpVtbl;
};

#ifdef COBJMACROS
#ifndef WIDL_C_INLINE_WRAPPERS
/*** IUnknown methods ***/
#define AsyncIMethodCall_QueryInterface(This,riid,ppvObject) (This)->lpVtbl->QueryInterface(This,riid,ppvObject)
#define AsyncIMethodCall_AddRef(This) (This)->lpVtbl->AddRef(This)
#define AsyncIMethodCall_Release(This) (This)->lpVtbl->Release(This)
/*** AsyncIMethodCall methods ***/
#define AsyncIMethodCall_Begin_Call(This,method,arguments,cancel_id) (This)->lpVtbl->Begin_Call(This,method,arguments,cancel_id)
#define AsyncIMethodCall_Finish_Call(This,result,error) (This)->lpVtbl->Finish_Call(This,result,error)
#else
/*** IUnknown methods ***/
static FORCEINLINE HRESULT AsyncIMethodCall_QueryInterface(AsyncIMethodCall* This,REFIID riid,void **ppvObject) {
    return This->lpVtbl->QueryInterface(This,riid,ppvObject);
}
static FORCEINLINE ULONG AsyncIMethodCall_AddRef(AsyncIMethodCall* This) {
    return This->lpVtbl->AddRef(This);
}
static FORCEINLINE ULONG AsyncIMethodCall_Release(AsyncIMethodCall* This) {
    return This->lpVtbl->Release(This);
}
/*** AsyncIMethodCall methods ***/
static FORCEINLINE HRESULT AsyncIMethodCall_Begin_Call(AsyncIMethodCall* This,BSTR method,LPSAFEARRAY arguments,const GUID *cancel_id) {
    return This->lpVtbl->Begin_Call(This,method,arguments,cancel_id);
}
static FORCEINLINE HRESULT AsyncIMethodCall_Finish_Call(AsyncIMethodCall* This,VARIANT *result,CallError *error) {
    return This->lpVtbl->Finish_Call(This,result,error);
}
#endif
#endif

#endif


#endif  /* __AsyncIMethodCall_INTERFACE_DEFINED__ */

/*****************************************************************************
 * ICallCancellation interface
 */
#ifndef __ICallCancellation_INTERFACE_DEFINED__
#define __ICallCancellation_INTERFACE_DEFINED__

DEFINE_GUID(IID_ICallCancellation, 0x7a1e52f4, 0x8c0b, 0x4e0d, 0x9b,0x6e, 0x3d,0x1c,0x2f,0x70,0xa8,0xb5);
#if defined(__cplusplus) && !defined(CINTERFACE)
MIDL_INTERFACE("7a1e52f4-8c0b-4e0d-9b6e-3d1c2f70a8b5")
ICallCancellation : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE CancelCall(
        REFGUID cancel_id) = 0;

};
#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(ICallCancellation, 0x7a1e52f4, 0x8c0b, 0x4e0d, 0x9b,0x6e, 0x3d,0x1c,0x2f,0x70,0xa8,0xb5)
#endif
#else
typedef struct ICallCancellationVtbl {
    BEGIN_INTERFACE

    /*** IUnknown methods ***/
    HRESULT (STDMETHODCALLTYPE *QueryInterface)(
        ICallCancellation *This,
        REFIID riid,
        void **ppvObject);

    ULONG (STDMETHODCALLTYPE *AddRef)(
        ICallCancellation *This);

    ULONG (STDMETHODCALLTYPE *Release)(
        ICallCancellation *This);

    /*** ICallCancellation methods ***/
    HRESULT (STDMETHODCALLTYPE *CancelCall)(
        ICallCancellation *This,
        REFGUID cancel_id);

    END_INTERFACE
} ICallCancellationVtbl;

interface ICallCancellation {
    CONST_VTBL ICallCancellationVtbl* lpVtbl;
};

#ifdef COBJMACROS
#ifndef WIDL_C_INLINE_WRAPPERS
/*** IUnknown methods ***/
#define ICallCancellation_QueryInterface(This,riid,ppvObject) (This)->lpVtbl->QueryInterface(This,riid,ppvObject)
#define ICallCancellation_AddRef(This) (This)->lpVtbl->AddRef(This)
#define ICallCancellation_Release(This) (This)->lpVtbl->Release(This)
/*** ICallCancellation methods ***/
#define ICallCancellation_CancelCall(This,cancel_id) (This)->lpVtbl->CancelCall(This,cancel_id)
#else
/*** IUnknown methods ***/
static FORCEINLINE HRESULT ICallCancellation_QueryInterface(ICallCancellation* This,REFIID riid,void **ppvObject) {
    return This->lpVtbl->QueryInterface(This,riid,ppvObject);
}
static FORCEINLINE ULONG ICallCancellation_AddRef(ICallCancellation* This) {
    return This->lpVtbl->AddRef(This);
}
static FORCEINLINE ULONG ICallCancellation_Release(ICallCancellation* This) {
    return This->lpVtbl->Release(This);
}
/*** ICallCancellation methods ***/
static FORCEINLINE HRESULT ICallCancellation_CancelCall(ICallCancellation* This,REFGUID cancel_id) {
    return This->lpVtbl->CancelCall(This,cancel_id);
}
#endif
#endif

#endif


#endif  /* __ICallCancellation_INTERFACE_DEFINED__ */

/*****************************************************************************
 * MethodCallProxy coclass
 */

DEFINE_GUID(CLSID_MethodCallProxy, 0xab4344df, 0x3861, 0x46db, 0xb1,0x69, 0x99,0x02,0x6b,0xda,0x30,0x2f);

#ifdef __cplusplus
class DECLSPEC_UUID("ab4344df-3861-46db-b169-99026bda302f") MethodCallProxy;
#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(MethodCallProxy, 0xab4344df, 0x3861, 0x46db, 0xb1,0x69, 0x99,0x02,0x6b,0xda,0x30,0x2f)
#endif
#endif

/* Begin additional prototypes for all interfaces */

ULONG           __RPC_USER BSTR_UserSize     (ULONG *, ULONG, BSTR *);
unsigned char * __RPC_USER BSTR_UserMarshal  (ULONG *, unsigned char *, BSTR *);
unsigned char * __RPC_USER BSTR_UserUnmarshal(ULONG *, unsigned char *, BSTR *);
void            __RPC_USER BSTR_UserFree     (ULONG *, BSTR *);
ULONG           __RPC_USER LPSAFEARRAY_UserSize     (ULONG *, ULONG, LPSAFEARRAY *);
unsigned char * __RPC_USER LPSAFEARRAY_UserMarshal  (ULONG *, unsigned char *, LPSAFEARRAY *);
unsigned char * __RPC_USER LPSAFEARRAY_UserUnmarshal(ULONG *, unsigned char *, LPSAFEARRAY *);
void            __RPC_USER LPSAFEARRAY_UserFree     (ULONG *, LPSAFEARRAY *);
ULONG           __RPC_USER VARIANT_UserSize     (ULONG *, ULONG, VARIANT *);
unsigned char * __RPC_USER VARIANT_UserMarshal  (ULONG *, unsigned char *, VARIANT *);
unsigned char * __RPC_USER VARIANT_UserUnmarshal(ULONG *, unsigned char *, VARIANT *);
void            __RPC_USER VARIANT_UserFree     (ULONG *, VARIANT *);

/* End additional prototypes */

#ifdef __cplusplus
}
#endif

#endif /* __method_call_h__ */
