

/* this ALWAYS GENERATED file contains the proxy stub code */


 /* File created by MIDL compiler version 8.01.0628 */
/* at Tue Jan 19 03:14:07 2038
 */
/* Compiler settings for method_call.idl:
    Oicf, W1, Zp8, env=Win64 (32b run), target_arch=AMD64 8.01.0628 
    protocol : dce , ms_ext, c_ext, robust
    error checks: allocation ref bounds_check enum stub_data 
    VC __declspec() decoration level: 
         __declspec(uuid()), __declspec(selectany), __declspec(novtable)
         DECLSPEC_UUID(), MIDL_INTERFACE()
*/
/* @@MIDL_FILE_HEADING(  ) */

#if defined(_M_AMD64)


#pragma warning( disable: 4049 )  /* more than 64k source lines */
#if _MSC_VER >= 1200
#pragma warning(push)
#endif

#pragma warning( disable: 4211 )  /* redefine extern to static */
#pragma warning( disable: 4232 )  /* dllimport identity*/
#pragma warning( disable: 4024 )  /* array to pointer mapping*/
#pragma warning( disable: 4152 )  /* function/data pointer conversion in expression */

#define USE_STUBLESS_PROXY


/* verify that the <rpcproxy.h> version is high enough to compile this file*/
#ifndef __REDQ_RPCPROXY_H_VERSION__
#define __REQUIRED_RPCPROXY_H_VERSION__ 475
#endif


#include "rpcproxy.h"
#ifndef __RPCPROXY_H_VERSION__
#error this stub requires an updated version of <rpcproxy.h>
#endif /* __RPCPROXY_H_VERSION__ */


#include "method_call.h"

#define TYPE_FORMAT_STRING_SIZE   1071                              
#define PROC_FORMAT_STRING_SIZE   195                               
#define EXPR_FORMAT_STRING_SIZE   1                                 
#define TRANSMIT_AS_TABLE_SIZE    0            
#define WIRE_MARSHAL_TABLE_SIZE   3            

typedef struct _method_call_MIDL_TYPE_FORMAT_STRING
    {
    short          Pad;
    unsigned char  Format[ TYPE_FORMAT_STRING_SIZE ];
    } method_call_MIDL_TYPE_FORMAT_STRING;

typedef struct _method_call_MIDL_PROC_FORMAT_STRING
    {
    short          Pad;
    unsigned char  Format[ PROC_FORMAT_STRING_SIZE ];
    } method_call_MIDL_PROC_FORMAT_STRING;

typedef struct _method_call_MIDL_EXPR_FORMAT_STRING
    {
    long          Pad;
    unsigned char  Format[ EXPR_FORMAT_STRING_SIZE ];
    } method_call_MIDL_EXPR_FORMAT_STRING;


static const RPC_SYNTAX_IDENTIFIER  _RpcTransferSyntax_2_0 = 
{{0x8A885D04,0x1CEB,0x11C9,{0x9F,0xE8,0x08,0x00,0x2B,0x10,0x48,0x60}},{2,0}};

#if defined(_CONTROL_FLOW_GUARD_XFG)
#define XFG_TRAMPOLINES(ObjectType)\
NDR_SHAREABLE unsigned long ObjectType ## _UserSize_XFG(unsigned long * pFlags, unsigned long Offset, void * pObject)\
{\
return  ObjectType ## _UserSize(pFlags, Offset, (ObjectType *)pObject);\
}\
NDR_SHAREABLE unsigned char * ObjectType ## _UserMarshal_XFG(unsigned long * pFlags, unsigned char * pBuffer, void * pObject)\
{\
return ObjectType ## _UserMarshal(pFlags, pBuffer, (ObjectType *)pObject);\
}\
NDR_SHAREABLE unsigned char * ObjectType ## _UserUnmarshal_XFG(unsigned long * pFlags, unsigned char * pBuffer, void * pObject)\
{\
return ObjectType ## _UserUnmarshal(pFlags, pBuffer, (ObjectType *)pObject);\
}\
NDR_SHAREABLE void ObjectType ## _UserFree_XFG(unsigned long * pFlags, void * pObject)\
{\
ObjectType ## _UserFree(pFlags, (ObjectType *)pObject);\
}
#define XFG_TRAMPOLINES64(ObjectType)\
NDR_SHAREABLE unsigned long ObjectType ## _UserSize64_XFG(unsigned long * pFlags, unsigned long Offset, void * pObject)\
{\
return  ObjectType ## _UserSize64(pFlags, Offset, (ObjectType *)pObject);\
}\
NDR_SHAREABLE unsigned char * ObjectType ## _UserMarshal64_XFG(unsigned long * pFlags, unsigned char * pBuffer, void * pObject)\
{\
return ObjectType ## _UserMarshal64(pFlags, pBuffer, (ObjectType *)pObject);\
}\
NDR_SHAREABLE unsigned char * ObjectType ## _UserUnmarshal64_XFG(unsigned long * pFlags, unsigned char * pBuffer, void * pObject)\
{\
return ObjectType ## _UserUnmarshal64(pFlags, pBuffer, (ObjectType *)pObject);\
}\
NDR_SHAREABLE void ObjectType ## _UserFree64_XFG(unsigned long * pFlags, void * pObject)\
{\
ObjectType ## _UserFree64(pFlags, (ObjectType *)pObject);\
}
#define XFG_BIND_TRAMPOLINES(HandleType, ObjectType)\
static void* ObjectType ## _bind_XFG(HandleType pObject)\
{\
return ObjectType ## _bind((ObjectType) pObject);\
}\
static void ObjectType ## _unbind_XFG(HandleType pObject, handle_t ServerHandle)\
{\
ObjectType ## _unbind((ObjectType) pObject, ServerHandle);\
}
#define XFG_TRAMPOLINE_FPTR(Function) Function ## _XFG
#define XFG_TRAMPOLINE_FPTR_DEPENDENT_SYMBOL(Symbol) Symbol ## _XFG
#else
#define XFG_TRAMPOLINES(ObjectType)
#define XFG_TRAMPOLINES64(ObjectType)
#define XFG_BIND_TRAMPOLINES(HandleType, ObjectType)
#define XFG_TRAMPOLINE_FPTR(Function) Function
#define XFG_TRAMPOLINE_FPTR_DEPENDENT_SYMBOL(Symbol) Symbol
#endif


static const method_call_MIDL_TYPE_FORMAT_STRING method_call__MIDL_TypeFormatString;
static const method_call_MIDL_PROC_FORMAT_STRING method_call__MIDL_ProcFormatString;
static const method_call_MIDL_EXPR_FORMAT_STRING method_call__MIDL_ExprFormatString;

#ifdef __cplusplus
namespace {
#endif

static const MIDL_STUB_DESC Object_StubDesc;
#ifdef __cplusplus
}
#endif


static const MIDL_SERVER_INFO IMethodCall_ServerInfo;
static const MIDL_STUBLESS_PROXY_INFO IMethodCall_ProxyInfo;

#ifdef __cplusplus
namespace {
#endif

static const MIDL_STUB_DESC Object_StubDesc;
#ifdef __cplusplus
}
#endif


static const MIDL_SERVER_INFO AsyncIMethodCall_ServerInfo;
static const MIDL_STUBLESS_PROXY_INFO AsyncIMethodCall_ProxyInfo;

#ifdef __cplusplus
namespace {
#endif

static const MIDL_STUB_DESC Object_StubDesc;
#ifdef __cplusplus
}
#endif


static const MIDL_SERVER_INFO ICallCancellation_ServerInfo;
static const MIDL_STUBLESS_PROXY_INFO ICallCancellation_ProxyInfo;


static const USER_MARSHAL_ROUTINE_QUADRUPLE UserMarshalRoutines[ WIRE_MARSHAL_TABLE_SIZE ];

#if !defined(__RPC_WIN64__)
#error  Invalid build platform for this stub.
#endif

static const method_call_MIDL_PROC_FORMAT_STRING method_call__MIDL_ProcFormatString =
    {
        0,
        {

	/* Procedure Call */

			0x33,		/* FC_AUTO_HANDLE */
			0x6c,		/* Old Flags:  object, Oi2 */
/*  2 */	NdrFcLong( 0x0 ),	/* 0 */
/*  6 */	NdrFcShort( 0x3 ),	/* 3 */
/*  8 */	NdrFcShort( 0x38 ),	/* X64 Stack size/offset = 56 */
/* 10 */	NdrFcShort( 0x44 ),	/* 68 */
/* 12 */	NdrFcShort( 0x8 ),	/* 8 */
/* 14 */	0x47,		/* Oi2 Flags:  srv must size, clt must size, has return, has ext, */
			0x6,		/* 6 */
/* 16 */	0xa,		/* 10 */
			0x7,		/* Ext Flags:  new corr desc, clt corr check, srv corr check, */
/* 18 */	NdrFcShort( 0x1 ),	/* 1 */
/* 20 */	NdrFcShort( 0x1 ),	/* 1 */
/* 22 */	NdrFcShort( 0x0 ),	/* 0 */
/* 24 */	NdrFcShort( 0x0 ),	/* 0 */

	/* Parameter method */

/* 26 */	NdrFcShort( 0x8b ),	/* Flags:  must size, must free, in, by val, */
/* 28 */	NdrFcShort( 0x8 ),	/* X64 Stack size/offset = 8 */
/* 30 */	NdrFcShort( 0x1c ),	/* Type Offset=28 */

	/* Parameter arguments */

/* 32 */	NdrFcShort( 0x8b ),	/* Flags:  must size, must free, in, by val, */
/* 34 */	NdrFcShort( 0x10 ),	/* X64 Stack size/offset = 16 */
/* 36 */	NdrFcShort( 0x3e4 ),	/* Type Offset=996 */

	/* Parameter cancel_id */

/* 38 */	NdrFcShort( 0xa ),	/* Flags:  must free, in, */
/* 40 */	NdrFcShort( 0x18 ),	/* X64 Stack size/offset = 24 */
/* 42 */	NdrFcShort( 0x3ee ),	/* Type Offset=1006 */

	/* Parameter result */

/* 44 */	NdrFcShort( 0x6113 ),	/* Flags:  must size, must free, out, simple ref, srv alloc size=24 */
/* 46 */	NdrFcShort( 0x20 ),	/* X64 Stack size/offset = 32 */
/* 48 */	NdrFcShort( 0x3fa ),	/* Type Offset=1018 */

	/* Parameter error */

/* 50 */	NdrFcShort( 0x6113 ),	/* Flags:  must size, must free, out, simple ref, srv alloc size=24 */
/* 52 */	NdrFcShort( 0x28 ),	/* X64 Stack size/offset = 40 */
/* 54 */	NdrFcShort( 0x416 ),	/* Type Offset=1046 */

	/* Return value */

/* 56 */	NdrFcShort( 0x70 ),	/* Flags:  out, return, base type, */
/* 58 */	NdrFcShort( 0x30 ),	/* X64 Stack size/offset = 48 */
/* 60 */	0x8,		/* FC_LONG */
			0x0,		/* 0 */

	/* Procedure Begin_Call */

/* 62 */	0x33,		/* FC_AUTO_HANDLE */
			0x6c,		/* Old Flags:  object, Oi2 */
/* 64 */	NdrFcLong( 0x0 ),	/* 0 */
/* 68 */	NdrFcShort( 0x3 ),	/* 3 */
/* 70 */	NdrFcShort( 0x28 ),	/* X64 Stack size/offset = 40 */
/* 72 */	NdrFcShort( 0x44 ),	/* 68 */
/* 74 */	NdrFcShort( 0x8 ),	/* 8 */
/* 76 */	0x66,		/* Oi2 Flags:  clt must size, has return, has async uuid, has ext, */
			0x4,		/* 4 */
/* 78 */	0xa,		/* 10 */
			0x5,		/* Ext Flags:  new corr desc, srv corr check, */
/* 80 */	NdrFcShort( 0x0 ),	/* 0 */
/* 82 */	NdrFcShort( 0x1 ),	/* 1 */
/* 84 */	NdrFcShort( 0x0 ),	/* 0 */
/* 86 */	NdrFcShort( 0x0 ),	/* 0 */

	/* Parameter method */

/* 88 */	NdrFcShort( 0x8b ),	/* Flags:  must size, must free, in, by val, */
/* 90 */	NdrFcShort( 0x8 ),	/* X64 Stack size/offset = 8 */
/* 92 */	NdrFcShort( 0x1c ),	/* Type Offset=28 */

	/* Parameter arguments */

/* 94 */	NdrFcShort( 0x8b ),	/* Flags:  must size, must free, in, by val, */
/* 96 */	NdrFcShort( 0x10 ),	/* X64 Stack size/offset = 16 */
/* 98 */	NdrFcShort( 0x3e4 ),	/* Type Offset=996 */

	/* Parameter cancel_id */

/* 100 */	NdrFcShort( 0xa ),	/* Flags:  must free, in, */
/* 102 */	NdrFcShort( 0x18 ),	/* X64 Stack size/offset = 24 */
/* 104 */	NdrFcShort( 0x3ee ),	/* Type Offset=1006 */

	/* Return value */

/* 106 */	NdrFcShort( 0x70 ),	/* Flags:  out, return, base type, */
/* 108 */	NdrFcShort( 0x20 ),	/* X64 Stack size/offset = 32 */
/* 110 */	0x8,		/* FC_LONG */
			0x0,		/* 0 */

	/* Procedure Finish_Call */

/* 112 */	0x33,		/* FC_AUTO_HANDLE */
			0x6c,		/* Old Flags:  object, Oi2 */
/* 114 */	NdrFcLong( 0x0 ),	/* 0 */
/* 118 */	NdrFcShort( 0x4 ),	/* 4 */
/* 120 */	NdrFcShort( 0x20 ),	/* X64 Stack size/offset = 32 */
/* 122 */	NdrFcShort( 0x0 ),	/* 0 */
/* 124 */	NdrFcShort( 0x8 ),	/* 8 */
/* 126 */	0x65,		/* Oi2 Flags:  srv must size, has return, has async uuid, has ext, */
			0x3,		/* 3 */
/* 128 */	0xa,		/* 10 */
			0x3,		/* Ext Flags:  new corr desc, clt corr check, */
/* 130 */	NdrFcShort( 0x1 ),	/* 1 */
/* 132 */	NdrFcShort( 0x0 ),	/* 0 */
/* 134 */	NdrFcShort( 0x0 ),	/* 0 */
/* 136 */	NdrFcShort( 0x0 ),	/* 0 */

	/* Parameter result */

/* 138 */	NdrFcShort( 0x6113 ),	/* Flags:  must size, must free, out, simple ref, srv alloc size=24 */
/* 140 */	NdrFcShort( 0x8 ),	/* X64 Stack size/offset = 8 */
/* 142 */	NdrFcShort( 0x3fa ),	/* Type Offset=1018 */

	/* Parameter error */

/* 144 */	NdrFcShort( 0x6113 ),	/* Flags:  must size, must free, out, simple ref, srv alloc size=24 */
/* 146 */	NdrFcShort( 0x10 ),	/* X64 Stack size/offset = 16 */
/* 148 */	NdrFcShort( 0x416 ),	/* Type Offset=1046 */

	/* Return value */

/* 150 */	NdrFcShort( 0x70 ),	/* Flags:  out, return, base type, */
/* 152 */	NdrFcShort( 0x18 ),	/* X64 Stack size/offset = 24 */
/* 154 */	0x8,		/* FC_LONG */
			0x0,		/* 0 */

	/* Procedure CancelCall */

/* 156 */	0x33,		/* FC_AUTO_HANDLE */
			0x6c,		/* Old Flags:  object, Oi2 */
/* 158 */	NdrFcLong( 0x0 ),	/* 0 */
/* 162 */	NdrFcShort( 0x3 ),	/* 3 */
/* 164 */	NdrFcShort( 0x18 ),	/* X64 Stack size/offset = 24 */
/* 166 */	NdrFcShort( 0x44 ),	/* 68 */
/* 168 */	NdrFcShort( 0x8 ),	/* 8 */
/* 170 */	0x44,		/* Oi2 Flags:  has return, has ext, */
			0x2,		/* 2 */
/* 172 */	0xa,		/* 10 */
			0x1,		/* Ext Flags:  new corr desc, */
/* 174 */	NdrFcShort( 0x0 ),	/* 0 */
/* 176 */	NdrFcShort( 0x0 ),	/* 0 */
/* 178 */	NdrFcShort( 0x0 ),	/* 0 */
/* 180 */	NdrFcShort( 0x0 ),	/* 0 */

	/* Parameter cancel_id */

/* 182 */	NdrFcShort( 0x10a ),	/* Flags:  must free, in, simple ref, */
/* 184 */	NdrFcShort( 0x8 ),	/* X64 Stack size/offset = 8 */
/* 186 */	NdrFcShort( 0x32a ),	/* Type Offset=810 */

	/* Return value */

/* 188 */	NdrFcShort( 0x70 ),	/* Flags:  out, return, base type, */
/* 190 */	NdrFcShort( 0x10 ),	/* X64 Stack size/offset = 16 */
/* 192 */	0x8,		/* FC_LONG */
			0x0,		/* 0 */

			0x0
        }
    };

static const method_call_MIDL_TYPE_FORMAT_STRING method_call__MIDL_TypeFormatString =
    {
        0,
        {
			NdrFcShort( 0x0 ),	/* 0 */
/*  2 */	
			0x12, 0x0,	/* FC_UP */
/*  4 */	NdrFcShort( 0xe ),	/* Offset= 14 (18) */
/*  6 */	
			0x1b,		/* FC_CARRAY */
			0x1,		/* 1 */
/*  8 */	NdrFcShort( 0x2 ),	/* 2 */
/* 10 */	0x9,		/* Corr desc: FC_ULONG */
			0x0,		/*  */
/* 12 */	NdrFcShort( 0xfffc ),	/* -4 */
/* 14 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 16 */	0x6,		/* FC_SHORT */
			0x5b,		/* FC_END */
/* 18 */	
			0x17,		/* FC_CSTRUCT */
			0x3,		/* 3 */
/* 20 */	NdrFcShort( 0x8 ),	/* 8 */
/* 22 */	NdrFcShort( 0xfff0 ),	/* Offset= -16 (6) */
/* 24 */	0x8,		/* FC_LONG */
			0x8,		/* FC_LONG */
/* 26 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 28 */	0xb4,		/* FC_USER_MARSHAL */
			0x83,		/* 131 */
/* 30 */	NdrFcShort( 0x0 ),	/* 0 */
/* 32 */	NdrFcShort( 0x8 ),	/* 8 */
/* 34 */	NdrFcShort( 0x0 ),	/* 0 */
/* 36 */	NdrFcShort( 0xffde ),	/* Offset= -34 (2) */
/* 38 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 40 */	NdrFcShort( 0x2 ),	/* Offset= 2 (42) */
/* 42 */	
			0x12, 0x0,	/* FC_UP */
/* 44 */	NdrFcShort( 0x3a6 ),	/* Offset= 934 (978) */
/* 46 */	
			0x2a,		/* FC_ENCAPSULATED_UNION */
			0x89,		/* 137 */
/* 48 */	NdrFcShort( 0x20 ),	/* 32 */
/* 50 */	NdrFcShort( 0xa ),	/* 10 */
/* 52 */	NdrFcLong( 0x8 ),	/* 8 */
/* 56 */	NdrFcShort( 0x50 ),	/* Offset= 80 (136) */
/* 58 */	NdrFcLong( 0xd ),	/* 13 */
/* 62 */	NdrFcShort( 0x82 ),	/* Offset= 130 (192) */
/* 64 */	NdrFcLong( 0x9 ),	/* 9 */
/* 68 */	NdrFcShort( 0xb4 ),	/* Offset= 180 (248) */
/* 70 */	NdrFcLong( 0xc ),	/* 12 */
/* 74 */	NdrFcShort( 0x2a4 ),	/* Offset= 676 (750) */
/* 76 */	NdrFcLong( 0x24 ),	/* 36 */
/* 80 */	NdrFcShort( 0x2c4 ),	/* Offset= 708 (788) */
/* 82 */	NdrFcLong( 0x800d ),	/* 32781 */
/* 86 */	NdrFcShort( 0x2e0 ),	/* Offset= 736 (822) */
/* 88 */	NdrFcLong( 0x10 ),	/* 16 */
/* 92 */	NdrFcShort( 0x2fa ),	/* Offset= 762 (854) */
/* 94 */	NdrFcLong( 0x2 ),	/* 2 */
/* 98 */	NdrFcShort( 0x310 ),	/* Offset= 784 (882) */
/* 100 */	NdrFcLong( 0x3 ),	/* 3 */
/* 104 */	NdrFcShort( 0x326 ),	/* Offset= 806 (910) */
/* 106 */	NdrFcLong( 0x14 ),	/* 20 */
/* 110 */	NdrFcShort( 0x33c ),	/* Offset= 828 (938) */
/* 112 */	NdrFcShort( 0xffff ),	/* Offset= -1 (111) */
/* 114 */	
			0x21,		/* FC_BOGUS_ARRAY */
			0x3,		/* 3 */
/* 116 */	NdrFcShort( 0x0 ),	/* 0 */
/* 118 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 120 */	NdrFcShort( 0x0 ),	/* 0 */
/* 122 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 124 */	NdrFcLong( 0xffffffff ),	/* -1 */
/* 128 */	NdrFcShort( 0x0 ),	/* Corr flags:  */
/* 130 */	
			0x12, 0x0,	/* FC_UP */
/* 132 */	NdrFcShort( 0xff8e ),	/* Offset= -114 (18) */
/* 134 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 136 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 138 */	NdrFcShort( 0x10 ),	/* 16 */
/* 140 */	NdrFcShort( 0x0 ),	/* 0 */
/* 142 */	NdrFcShort( 0x6 ),	/* Offset= 6 (148) */
/* 144 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 146 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 148 */	
			0x11, 0x0,	/* FC_RP */
/* 150 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (114) */
/* 152 */	
			0x2f,		/* FC_IP */
			0x5a,		/* FC_CONSTANT_IID */
/* 154 */	NdrFcLong( 0x0 ),	/* 0 */
/* 158 */	NdrFcShort( 0x0 ),	/* 0 */
/* 160 */	NdrFcShort( 0x0 ),	/* 0 */
/* 162 */	0xc0,		/* 192 */
			0x0,		/* 0 */
/* 164 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 166 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 168 */	0x0,		/* 0 */
			0x46,		/* 70 */
/* 170 */	
			0x21,		/* FC_BOGUS_ARRAY */
			0x3,		/* 3 */
/* 172 */	NdrFcShort( 0x0 ),	/* 0 */
/* 174 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 176 */	NdrFcShort( 0x0 ),	/* 0 */
/* 178 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 180 */	NdrFcLong( 0xffffffff ),	/* -1 */
/* 184 */	NdrFcShort( 0x0 ),	/* Corr flags:  */
/* 186 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 188 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (152) */
/* 190 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 192 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 194 */	NdrFcShort( 0x10 ),	/* 16 */
/* 196 */	NdrFcShort( 0x0 ),	/* 0 */
/* 198 */	NdrFcShort( 0x6 ),	/* Offset= 6 (204) */
/* 200 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 202 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 204 */	
			0x11, 0x0,	/* FC_RP */
/* 206 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (170) */
/* 208 */	
			0x2f,		/* FC_IP */
			0x5a,		/* FC_CONSTANT_IID */
/* 210 */	NdrFcLong( 0x20400 ),	/* 132096 */
/* 214 */	NdrFcShort( 0x0 ),	/* 0 */
/* 216 */	NdrFcShort( 0x0 ),	/* 0 */
/* 218 */	0xc0,		/* 192 */
			0x0,		/* 0 */
/* 220 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 222 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 224 */	0x0,		/* 0 */
			0x46,		/* 70 */
/* 226 */	
			0x21,		/* FC_BOGUS_ARRAY */
			0x3,		/* 3 */
/* 228 */	NdrFcShort( 0x0 ),	/* 0 */
/* 230 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 232 */	NdrFcShort( 0x0 ),	/* 0 */
/* 234 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 236 */	NdrFcLong( 0xffffffff ),	/* -1 */
/* 240 */	NdrFcShort( 0x0 ),	/* Corr flags:  */
/* 242 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 244 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (208) */
/* 246 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 248 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 250 */	NdrFcShort( 0x10 ),	/* 16 */
/* 252 */	NdrFcShort( 0x0 ),	/* 0 */
/* 254 */	NdrFcShort( 0x6 ),	/* Offset= 6 (260) */
/* 256 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 258 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 260 */	
			0x11, 0x0,	/* FC_RP */
/* 262 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (226) */
/* 264 */	
			0x2b,		/* FC_NON_ENCAPSULATED_UNION */
			0x9,		/* FC_ULONG */
/* 266 */	0x7,		/* Corr desc: FC_USHORT */
			0x0,		/*  */
/* 268 */	NdrFcShort( 0xfff8 ),	/* -8 */
/* 270 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 272 */	NdrFcShort( 0x2 ),	/* Offset= 2 (274) */
/* 274 */	NdrFcShort( 0x10 ),	/* 16 */
/* 276 */	NdrFcShort( 0x2f ),	/* 47 */
/* 278 */	NdrFcLong( 0x14 ),	/* 20 */
/* 282 */	NdrFcShort( 0x800b ),	/* Simple arm type: FC_HYPER */
/* 284 */	NdrFcLong( 0x3 ),	/* 3 */
/* 288 */	NdrFcShort( 0x8008 ),	/* Simple arm type: FC_LONG */
/* 290 */	NdrFcLong( 0x11 ),	/* 17 */
/* 294 */	NdrFcShort( 0x8001 ),	/* Simple arm type: FC_BYTE */
/* 296 */	NdrFcLong( 0x2 ),	/* 2 */
/* 300 */	NdrFcShort( 0x8006 ),	/* Simple arm type: FC_SHORT */
/* 302 */	NdrFcLong( 0x4 ),	/* 4 */
/* 306 */	NdrFcShort( 0x800a ),	/* Simple arm type: FC_FLOAT */
/* 308 */	NdrFcLong( 0x5 ),	/* 5 */
/* 312 */	NdrFcShort( 0x800c ),	/* Simple arm type: FC_DOUBLE */
/* 314 */	NdrFcLong( 0xb ),	/* 11 */
/* 318 */	NdrFcShort( 0x8006 ),	/* Simple arm type: FC_SHORT */
/* 320 */	NdrFcLong( 0xa ),	/* 10 */
/* 324 */	NdrFcShort( 0x8008 ),	/* Simple arm type: FC_LONG */
/* 326 */	NdrFcLong( 0x6 ),	/* 6 */
/* 330 */	NdrFcShort( 0xe8 ),	/* Offset= 232 (562) */
/* 332 */	NdrFcLong( 0x7 ),	/* 7 */
/* 336 */	NdrFcShort( 0x800c ),	/* Simple arm type: FC_DOUBLE */
/* 338 */	NdrFcLong( 0x8 ),	/* 8 */
/* 342 */	NdrFcShort( 0xfeac ),	/* Offset= -340 (2) */
/* 344 */	NdrFcLong( 0xd ),	/* 13 */
/* 348 */	NdrFcShort( 0xff3c ),	/* Offset= -196 (152) */
/* 350 */	NdrFcLong( 0x9 ),	/* 9 */
/* 354 */	NdrFcShort( 0xff6e ),	/* Offset= -146 (208) */
/* 356 */	NdrFcLong( 0x2000 ),	/* 8192 */
/* 360 */	NdrFcShort( 0xd0 ),	/* Offset= 208 (568) */
/* 362 */	NdrFcLong( 0x24 ),	/* 36 */
/* 366 */	NdrFcShort( 0xd2 ),	/* Offset= 210 (576) */
/* 368 */	NdrFcLong( 0x4024 ),	/* 16420 */
/* 372 */	NdrFcShort( 0xcc ),	/* Offset= 204 (576) */
/* 374 */	NdrFcLong( 0x4011 ),	/* 16401 */
/* 378 */	NdrFcShort( 0xfc ),	/* Offset= 252 (630) */
/* 380 */	NdrFcLong( 0x4002 ),	/* 16386 */
/* 384 */	NdrFcShort( 0xfa ),	/* Offset= 250 (634) */
/* 386 */	NdrFcLong( 0x4003 ),	/* 16387 */
/* 390 */	NdrFcShort( 0xf8 ),	/* Offset= 248 (638) */
/* 392 */	NdrFcLong( 0x4014 ),	/* 16404 */
/* 396 */	NdrFcShort( 0xf6 ),	/* Offset= 246 (642) */
/* 398 */	NdrFcLong( 0x4004 ),	/* 16388 */
/* 402 */	NdrFcShort( 0xf4 ),	/* Offset= 244 (646) */
/* 404 */	NdrFcLong( 0x4005 ),	/* 16389 */
/* 408 */	NdrFcShort( 0xf2 ),	/* Offset= 242 (650) */
/* 410 */	NdrFcLong( 0x400b ),	/* 16395 */
/* 414 */	NdrFcShort( 0xdc ),	/* Offset= 220 (634) */
/* 416 */	NdrFcLong( 0x400a ),	/* 16394 */
/* 420 */	NdrFcShort( 0xda ),	/* Offset= 218 (638) */
/* 422 */	NdrFcLong( 0x4006 ),	/* 16390 */
/* 426 */	NdrFcShort( 0xe4 ),	/* Offset= 228 (654) */
/* 428 */	NdrFcLong( 0x4007 ),	/* 16391 */
/* 432 */	NdrFcShort( 0xda ),	/* Offset= 218 (650) */
/* 434 */	NdrFcLong( 0x4008 ),	/* 16392 */
/* 438 */	NdrFcShort( 0xdc ),	/* Offset= 220 (658) */
/* 440 */	NdrFcLong( 0x400d ),	/* 16397 */
/* 444 */	NdrFcShort( 0xda ),	/* Offset= 218 (662) */
/* 446 */	NdrFcLong( 0x4009 ),	/* 16393 */
/* 450 */	NdrFcShort( 0xd8 ),	/* Offset= 216 (666) */
/* 452 */	NdrFcLong( 0x6000 ),	/* 24576 */
/* 456 */	NdrFcShort( 0xd6 ),	/* Offset= 214 (670) */
/* 458 */	NdrFcLong( 0x400c ),	/* 16396 */
/* 462 */	NdrFcShort( 0xdc ),	/* Offset= 220 (682) */
/* 464 */	NdrFcLong( 0x10 ),	/* 16 */
/* 468 */	NdrFcShort( 0x8002 ),	/* Simple arm type: FC_CHAR */
/* 470 */	NdrFcLong( 0x12 ),	/* 18 */
/* 474 */	NdrFcShort( 0x8006 ),	/* Simple arm type: FC_SHORT */
/* 476 */	NdrFcLong( 0x13 ),	/* 19 */
/* 480 */	NdrFcShort( 0x8008 ),	/* Simple arm type: FC_LONG */
/* 482 */	NdrFcLong( 0x15 ),	/* 21 */
/* 486 */	NdrFcShort( 0x800b ),	/* Simple arm type: FC_HYPER */
/* 488 */	NdrFcLong( 0x16 ),	/* 22 */
/* 492 */	NdrFcShort( 0x8008 ),	/* Simple arm type: FC_LONG */
/* 494 */	NdrFcLong( 0x17 ),	/* 23 */
/* 498 */	NdrFcShort( 0x8008 ),	/* Simple arm type: FC_LONG */
/* 500 */	NdrFcLong( 0xe ),	/* 14 */
/* 504 */	NdrFcShort( 0xba ),	/* Offset= 186 (690) */
/* 506 */	NdrFcLong( 0x400e ),	/* 16398 */
/* 510 */	NdrFcShort( 0xbe ),	/* Offset= 190 (700) */
/* 512 */	NdrFcLong( 0x4010 ),	/* 16400 */
/* 516 */	NdrFcShort( 0xbc ),	/* Offset= 188 (704) */
/* 518 */	NdrFcLong( 0x4012 ),	/* 16402 */
/* 522 */	NdrFcShort( 0x70 ),	/* Offset= 112 (634) */
/* 524 */	NdrFcLong( 0x4013 ),	/* 16403 */
/* 528 */	NdrFcShort( 0x6e ),	/* Offset= 110 (638) */
/* 530 */	NdrFcLong( 0x4015 ),	/* 16405 */
/* 534 */	NdrFcShort( 0x6c ),	/* Offset= 108 (642) */
/* 536 */	NdrFcLong( 0x4016 ),	/* 16406 */
/* 540 */	NdrFcShort( 0x62 ),	/* Offset= 98 (638) */
/* 542 */	NdrFcLong( 0x4017 ),	/* 16407 */
/* 546 */	NdrFcShort( 0x5c ),	/* Offset= 92 (638) */
/* 548 */	NdrFcLong( 0x0 ),	/* 0 */
/* 552 */	NdrFcShort( 0x0 ),	/* Offset= 0 (552) */
/* 554 */	NdrFcLong( 0x1 ),	/* 1 */
/* 558 */	NdrFcShort( 0x0 ),	/* Offset= 0 (558) */
/* 560 */	NdrFcShort( 0xffff ),	/* Offset= -1 (559) */
/* 562 */	
			0x15,		/* FC_STRUCT */
			0x7,		/* 7 */
/* 564 */	NdrFcShort( 0x8 ),	/* 8 */
/* 566 */	0xb,		/* FC_HYPER */
			0x5b,		/* FC_END */
/* 568 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 570 */	NdrFcShort( 0x2 ),	/* Offset= 2 (572) */
/* 572 */	
			0x12, 0x0,	/* FC_UP */
/* 574 */	NdrFcShort( 0x194 ),	/* Offset= 404 (978) */
/* 576 */	
			0x12, 0x0,	/* FC_UP */
/* 578 */	NdrFcShort( 0x20 ),	/* Offset= 32 (610) */
/* 580 */	
			0x2f,		/* FC_IP */
			0x5a,		/* FC_CONSTANT_IID */
/* 582 */	NdrFcLong( 0x2f ),	/* 47 */
/* 586 */	NdrFcShort( 0x0 ),	/* 0 */
/* 588 */	NdrFcShort( 0x0 ),	/* 0 */
/* 590 */	0xc0,		/* 192 */
			0x0,		/* 0 */
/* 592 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 594 */	0x0,		/* 0 */
			0x0,		/* 0 */
/* 596 */	0x0,		/* 0 */
			0x46,		/* 70 */
/* 598 */	
			0x1b,		/* FC_CARRAY */
			0x0,		/* 0 */
/* 600 */	NdrFcShort( 0x1 ),	/* 1 */
/* 602 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 604 */	NdrFcShort( 0x4 ),	/* 4 */
/* 606 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 608 */	0x1,		/* FC_BYTE */
			0x5b,		/* FC_END */
/* 610 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 612 */	NdrFcShort( 0x18 ),	/* 24 */
/* 614 */	NdrFcShort( 0x0 ),	/* 0 */
/* 616 */	NdrFcShort( 0xa ),	/* Offset= 10 (626) */
/* 618 */	0x8,		/* FC_LONG */
			0x8,		/* FC_LONG */
/* 620 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 622 */	NdrFcShort( 0xffd6 ),	/* Offset= -42 (580) */
/* 624 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 626 */	
			0x12, 0x0,	/* FC_UP */
/* 628 */	NdrFcShort( 0xffe2 ),	/* Offset= -30 (598) */
/* 630 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 632 */	0x1,		/* FC_BYTE */
			0x5c,		/* FC_PAD */
/* 634 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 636 */	0x6,		/* FC_SHORT */
			0x5c,		/* FC_PAD */
/* 638 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 640 */	0x8,		/* FC_LONG */
			0x5c,		/* FC_PAD */
/* 642 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 644 */	0xb,		/* FC_HYPER */
			0x5c,		/* FC_PAD */
/* 646 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 648 */	0xa,		/* FC_FLOAT */
			0x5c,		/* FC_PAD */
/* 650 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 652 */	0xc,		/* FC_DOUBLE */
			0x5c,		/* FC_PAD */
/* 654 */	
			0x12, 0x0,	/* FC_UP */
/* 656 */	NdrFcShort( 0xffa2 ),	/* Offset= -94 (562) */
/* 658 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 660 */	NdrFcShort( 0xfd6e ),	/* Offset= -658 (2) */
/* 662 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 664 */	NdrFcShort( 0xfe00 ),	/* Offset= -512 (152) */
/* 666 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 668 */	NdrFcShort( 0xfe34 ),	/* Offset= -460 (208) */
/* 670 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 672 */	NdrFcShort( 0x2 ),	/* Offset= 2 (674) */
/* 674 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 676 */	NdrFcShort( 0x2 ),	/* Offset= 2 (678) */
/* 678 */	
			0x12, 0x0,	/* FC_UP */
/* 680 */	NdrFcShort( 0x12a ),	/* Offset= 298 (978) */
/* 682 */	
			0x12, 0x10,	/* FC_UP [pointer_deref] */
/* 684 */	NdrFcShort( 0x2 ),	/* Offset= 2 (686) */
/* 686 */	
			0x12, 0x0,	/* FC_UP */
/* 688 */	NdrFcShort( 0x14 ),	/* Offset= 20 (708) */
/* 690 */	
			0x15,		/* FC_STRUCT */
			0x7,		/* 7 */
/* 692 */	NdrFcShort( 0x10 ),	/* 16 */
/* 694 */	0x6,		/* FC_SHORT */
			0x1,		/* FC_BYTE */
/* 696 */	0x1,		/* FC_BYTE */
			0x8,		/* FC_LONG */
/* 698 */	0xb,		/* FC_HYPER */
			0x5b,		/* FC_END */
/* 700 */	
			0x12, 0x0,	/* FC_UP */
/* 702 */	NdrFcShort( 0xfff4 ),	/* Offset= -12 (690) */
/* 704 */	
			0x12, 0x8,	/* FC_UP [simple_pointer] */
/* 706 */	0x2,		/* FC_CHAR */
			0x5c,		/* FC_PAD */
/* 708 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x7,		/* 7 */
/* 710 */	NdrFcShort( 0x20 ),	/* 32 */
/* 712 */	NdrFcShort( 0x0 ),	/* 0 */
/* 714 */	NdrFcShort( 0x0 ),	/* Offset= 0 (714) */
/* 716 */	0x8,		/* FC_LONG */
			0x8,		/* FC_LONG */
/* 718 */	0x6,		/* FC_SHORT */
			0x6,		/* FC_SHORT */
/* 720 */	0x6,		/* FC_SHORT */
			0x6,		/* FC_SHORT */
/* 722 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 724 */	NdrFcShort( 0xfe34 ),	/* Offset= -460 (264) */
/* 726 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 728 */	
			0x21,		/* FC_BOGUS_ARRAY */
			0x3,		/* 3 */
/* 730 */	NdrFcShort( 0x0 ),	/* 0 */
/* 732 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 734 */	NdrFcShort( 0x0 ),	/* 0 */
/* 736 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 738 */	NdrFcLong( 0xffffffff ),	/* -1 */
/* 742 */	NdrFcShort( 0x0 ),	/* Corr flags:  */
/* 744 */	
			0x12, 0x0,	/* FC_UP */
/* 746 */	NdrFcShort( 0xffda ),	/* Offset= -38 (708) */
/* 748 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 750 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 752 */	NdrFcShort( 0x10 ),	/* 16 */
/* 754 */	NdrFcShort( 0x0 ),	/* 0 */
/* 756 */	NdrFcShort( 0x6 ),	/* Offset= 6 (762) */
/* 758 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 760 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 762 */	
			0x11, 0x0,	/* FC_RP */
/* 764 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (728) */
/* 766 */	
			0x21,		/* FC_BOGUS_ARRAY */
			0x3,		/* 3 */
/* 768 */	NdrFcShort( 0x0 ),	/* 0 */
/* 770 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 772 */	NdrFcShort( 0x0 ),	/* 0 */
/* 774 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 776 */	NdrFcLong( 0xffffffff ),	/* -1 */
/* 780 */	NdrFcShort( 0x0 ),	/* Corr flags:  */
/* 782 */	
			0x12, 0x0,	/* FC_UP */
/* 784 */	NdrFcShort( 0xff52 ),	/* Offset= -174 (610) */
/* 786 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 788 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 790 */	NdrFcShort( 0x10 ),	/* 16 */
/* 792 */	NdrFcShort( 0x0 ),	/* 0 */
/* 794 */	NdrFcShort( 0x6 ),	/* Offset= 6 (800) */
/* 796 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 798 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 800 */	
			0x11, 0x0,	/* FC_RP */
/* 802 */	NdrFcShort( 0xffdc ),	/* Offset= -36 (766) */
/* 804 */	
			0x1d,		/* FC_SMFARRAY */
			0x0,		/* 0 */
/* 806 */	NdrFcShort( 0x8 ),	/* 8 */
/* 808 */	0x1,		/* FC_BYTE */
			0x5b,		/* FC_END */
/* 810 */	
			0x15,		/* FC_STRUCT */
			0x3,		/* 3 */
/* 812 */	NdrFcShort( 0x10 ),	/* 16 */
/* 814 */	0x8,		/* FC_LONG */
			0x6,		/* FC_SHORT */
/* 816 */	0x6,		/* FC_SHORT */
			0x4c,		/* FC_EMBEDDED_COMPLEX */
/* 818 */	0x0,		/* 0 */
			NdrFcShort( 0xfff1 ),	/* Offset= -15 (804) */
			0x5b,		/* FC_END */
/* 822 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 824 */	NdrFcShort( 0x20 ),	/* 32 */
/* 826 */	NdrFcShort( 0x0 ),	/* 0 */
/* 828 */	NdrFcShort( 0xa ),	/* Offset= 10 (838) */
/* 830 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 832 */	0x36,		/* FC_POINTER */
			0x4c,		/* FC_EMBEDDED_COMPLEX */
/* 834 */	0x0,		/* 0 */
			NdrFcShort( 0xffe7 ),	/* Offset= -25 (810) */
			0x5b,		/* FC_END */
/* 838 */	
			0x11, 0x0,	/* FC_RP */
/* 840 */	NdrFcShort( 0xfd62 ),	/* Offset= -670 (170) */
/* 842 */	
			0x1b,		/* FC_CARRAY */
			0x0,		/* 0 */
/* 844 */	NdrFcShort( 0x1 ),	/* 1 */
/* 846 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 848 */	NdrFcShort( 0x0 ),	/* 0 */
/* 850 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 852 */	0x1,		/* FC_BYTE */
			0x5b,		/* FC_END */
/* 854 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 856 */	NdrFcShort( 0x10 ),	/* 16 */
/* 858 */	NdrFcShort( 0x0 ),	/* 0 */
/* 860 */	NdrFcShort( 0x6 ),	/* Offset= 6 (866) */
/* 862 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 864 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 866 */	
			0x12, 0x0,	/* FC_UP */
/* 868 */	NdrFcShort( 0xffe6 ),	/* Offset= -26 (842) */
/* 870 */	
			0x1b,		/* FC_CARRAY */
			0x1,		/* 1 */
/* 872 */	NdrFcShort( 0x2 ),	/* 2 */
/* 874 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 876 */	NdrFcShort( 0x0 ),	/* 0 */
/* 878 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 880 */	0x6,		/* FC_SHORT */
			0x5b,		/* FC_END */
/* 882 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 884 */	NdrFcShort( 0x10 ),	/* 16 */
/* 886 */	NdrFcShort( 0x0 ),	/* 0 */
/* 888 */	NdrFcShort( 0x6 ),	/* Offset= 6 (894) */
/* 890 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 892 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 894 */	
			0x12, 0x0,	/* FC_UP */
/* 896 */	NdrFcShort( 0xffe6 ),	/* Offset= -26 (870) */
/* 898 */	
			0x1b,		/* FC_CARRAY */
			0x3,		/* 3 */
/* 900 */	NdrFcShort( 0x4 ),	/* 4 */
/* 902 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 904 */	NdrFcShort( 0x0 ),	/* 0 */
/* 906 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 908 */	0x8,		/* FC_LONG */
			0x5b,		/* FC_END */
/* 910 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 912 */	NdrFcShort( 0x10 ),	/* 16 */
/* 914 */	NdrFcShort( 0x0 ),	/* 0 */
/* 916 */	NdrFcShort( 0x6 ),	/* Offset= 6 (922) */
/* 918 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 920 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 922 */	
			0x12, 0x0,	/* FC_UP */
/* 924 */	NdrFcShort( 0xffe6 ),	/* Offset= -26 (898) */
/* 926 */	
			0x1b,		/* FC_CARRAY */
			0x7,		/* 7 */
/* 928 */	NdrFcShort( 0x8 ),	/* 8 */
/* 930 */	0x19,		/* Corr desc:  field pointer, FC_ULONG */
			0x0,		/*  */
/* 932 */	NdrFcShort( 0x0 ),	/* 0 */
/* 934 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 936 */	0xb,		/* FC_HYPER */
			0x5b,		/* FC_END */
/* 938 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 940 */	NdrFcShort( 0x10 ),	/* 16 */
/* 942 */	NdrFcShort( 0x0 ),	/* 0 */
/* 944 */	NdrFcShort( 0x6 ),	/* Offset= 6 (950) */
/* 946 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 948 */	0x36,		/* FC_POINTER */
			0x5b,		/* FC_END */
/* 950 */	
			0x12, 0x0,	/* FC_UP */
/* 952 */	NdrFcShort( 0xffe6 ),	/* Offset= -26 (926) */
/* 954 */	
			0x15,		/* FC_STRUCT */
			0x3,		/* 3 */
/* 956 */	NdrFcShort( 0x8 ),	/* 8 */
/* 958 */	0x8,		/* FC_LONG */
			0x8,		/* FC_LONG */
/* 960 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 962 */	
			0x1b,		/* FC_CARRAY */
			0x3,		/* 3 */
/* 964 */	NdrFcShort( 0x8 ),	/* 8 */
/* 966 */	0x7,		/* Corr desc: FC_USHORT */
			0x0,		/*  */
/* 968 */	NdrFcShort( 0xffc8 ),	/* -56 */
/* 970 */	NdrFcShort( 0x1 ),	/* Corr flags:  early, */
/* 972 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 974 */	NdrFcShort( 0xffec ),	/* Offset= -20 (954) */
/* 976 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 978 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 980 */	NdrFcShort( 0x38 ),	/* 56 */
/* 982 */	NdrFcShort( 0xffec ),	/* Offset= -20 (962) */
/* 984 */	NdrFcShort( 0x0 ),	/* Offset= 0 (984) */
/* 986 */	0x6,		/* FC_SHORT */
			0x6,		/* FC_SHORT */
/* 988 */	0x8,		/* FC_LONG */
			0x8,		/* FC_LONG */
/* 990 */	0x40,		/* FC_STRUCTPAD4 */
			0x4c,		/* FC_EMBEDDED_COMPLEX */
/* 992 */	0x0,		/* 0 */
			NdrFcShort( 0xfc4d ),	/* Offset= -947 (46) */
			0x5b,		/* FC_END */
/* 996 */	0xb4,		/* FC_USER_MARSHAL */
			0x83,		/* 131 */
/* 998 */	NdrFcShort( 0x1 ),	/* 1 */
/* 1000 */	NdrFcShort( 0x8 ),	/* 8 */
/* 1002 */	NdrFcShort( 0x0 ),	/* 0 */
/* 1004 */	NdrFcShort( 0xfc3a ),	/* Offset= -966 (38) */
/* 1006 */	
			0x12, 0x0,	/* FC_UP */
/* 1008 */	NdrFcShort( 0xff3a ),	/* Offset= -198 (810) */
/* 1010 */	
			0x11, 0x4,	/* FC_RP [alloced_on_stack] */
/* 1012 */	NdrFcShort( 0x6 ),	/* Offset= 6 (1018) */
/* 1014 */	
			0x13, 0x0,	/* FC_OP */
/* 1016 */	NdrFcShort( 0xfecc ),	/* Offset= -308 (708) */
/* 1018 */	0xb4,		/* FC_USER_MARSHAL */
			0x83,		/* 131 */
/* 1020 */	NdrFcShort( 0x2 ),	/* 2 */
/* 1022 */	NdrFcShort( 0x18 ),	/* 24 */
/* 1024 */	NdrFcShort( 0x0 ),	/* 0 */
/* 1026 */	NdrFcShort( 0xfff4 ),	/* Offset= -12 (1014) */
/* 1028 */	
			0x11, 0x4,	/* FC_RP [alloced_on_stack] */
/* 1030 */	NdrFcShort( 0x10 ),	/* Offset= 16 (1046) */
/* 1032 */	
			0x13, 0x0,	/* FC_OP */
/* 1034 */	NdrFcShort( 0xfc08 ),	/* Offset= -1016 (18) */
/* 1036 */	0xb4,		/* FC_USER_MARSHAL */
			0x83,		/* 131 */
/* 1038 */	NdrFcShort( 0x0 ),	/* 0 */
/* 1040 */	NdrFcShort( 0x8 ),	/* 8 */
/* 1042 */	NdrFcShort( 0x0 ),	/* 0 */
/* 1044 */	NdrFcShort( 0xfff4 ),	/* Offset= -12 (1032) */
/* 1046 */	
			0x1a,		/* FC_BOGUS_STRUCT */
			0x3,		/* 3 */
/* 1048 */	NdrFcShort( 0x18 ),	/* 24 */
/* 1050 */	NdrFcShort( 0x0 ),	/* 0 */
/* 1052 */	NdrFcShort( 0x0 ),	/* Offset= 0 (1052) */
/* 1054 */	0x8,		/* FC_LONG */
			0x40,		/* FC_STRUCTPAD4 */
/* 1056 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 1058 */	NdrFcShort( 0xffea ),	/* Offset= -22 (1036) */
/* 1060 */	0x4c,		/* FC_EMBEDDED_COMPLEX */
			0x0,		/* 0 */
/* 1062 */	NdrFcShort( 0xffe6 ),	/* Offset= -26 (1036) */
/* 1064 */	0x5c,		/* FC_PAD */
			0x5b,		/* FC_END */
/* 1066 */	
			0x11, 0x0,	/* FC_RP */
/* 1068 */	NdrFcShort( 0xfefe ),	/* Offset= -258 (810) */

			0x0
        }
    };

XFG_TRAMPOLINES(BSTR)
XFG_TRAMPOLINES(LPSAFEARRAY)
XFG_TRAMPOLINES(VARIANT)

static const USER_MARSHAL_ROUTINE_QUADRUPLE UserMarshalRoutines[ WIRE_MARSHAL_TABLE_SIZE ] = 
        {
            
            {
            (USER_MARSHAL_SIZING_ROUTINE)XFG_TRAMPOLINE_FPTR(BSTR_UserSize)
            ,(USER_MARSHAL_MARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(BSTR_UserMarshal)
            ,(USER_MARSHAL_UNMARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(BSTR_UserUnmarshal)
            ,(USER_MARSHAL_FREEING_ROUTINE)XFG_TRAMPOLINE_FPTR(BSTR_UserFree)
            
            }
            ,
            {
            (USER_MARSHAL_SIZING_ROUTINE)XFG_TRAMPOLINE_FPTR(LPSAFEARRAY_UserSize)
            ,(USER_MARSHAL_MARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(LPSAFEARRAY_UserMarshal)
            ,(USER_MARSHAL_UNMARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(LPSAFEARRAY_UserUnmarshal)
            ,(USER_MARSHAL_FREEING_ROUTINE)XFG_TRAMPOLINE_FPTR(LPSAFEARRAY_UserFree)
            
            }
            ,
            {
            (USER_MARSHAL_SIZING_ROUTINE)XFG_TRAMPOLINE_FPTR(VARIANT_UserSize)
            ,(USER_MARSHAL_MARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(VARIANT_UserMarshal)
            ,(USER_MARSHAL_UNMARSHALLING_ROUTINE)XFG_TRAMPOLINE_FPTR(VARIANT_UserUnmarshal)
            ,(USER_MARSHAL_FREEING_ROUTINE)XFG_TRAMPOLINE_FPTR(VARIANT_UserFree)
            
            }
            

        };



/* Standard interface: __MIDL_itf_method_call_0000_0000, ver. 0.0,
   GUID={0x00000000,0x0000,0x0000,{0x00,0x00,0x00,0x00,0x00,0x00,0x00,0x00}} */


/* Object interface: IUnknown, ver. 0.0,
   GUID={0x00000000,0x0000,0x0000,{0xC0,0x00,0x00,0x00,0x00,0x00,0x00,0x46}} */


/* Object interface: IMethodCall, ver. 0.0,
   GUID={0x214C30C4,0x5D64,0x4252,{0x9B,0x8E,0x18,0x4C,0xCC,0x94,0x83,0xEF}} */

#pragma code_seg(".orpc")
static const unsigned short IMethodCall_FormatStringOffsetTable[] =
    {
    0
    };

static const MIDL_STUBLESS_PROXY_INFO IMethodCall_ProxyInfo =
    {
    &Object_StubDesc,
    method_call__MIDL_ProcFormatString.Format,
    &IMethodCall_FormatStringOffsetTable[-3],
    0,
    0,
    0
    };


static const MIDL_SERVER_INFO IMethodCall_ServerInfo = 
    {
    &Object_StubDesc,
    0,
    method_call__MIDL_ProcFormatString.Format,
    &IMethodCall_FormatStringOffsetTable[-3],
    0,
    0,
    0,
    0};
CINTERFACE_PROXY_VTABLE(4) _IMethodCallProxyVtbl = 
{
    &IMethodCall_ProxyInfo,
    &IID_IMethodCall,
    IUnknown_QueryInterface_Proxy,
    IUnknown_AddRef_Proxy,
    IUnknown_Release_Proxy ,
    (void *) (INT_PTR) -1 /* IMethodCall::Call */
};

const CInterfaceStubVtbl _IMethodCallStubVtbl =
{
    &IID_IMethodCall,
    &IMethodCall_ServerInfo,
    4,
    0, /* pure interpreted */
    CStdStubBuffer_METHODS
};


/* Object interface: AsyncIMethodCall, ver. 0.0,
   GUID={0x28BFFDE7,0xB6F0,0x4568,{0xA8,0xE7,0x1D,0x2E,0x54,0x05,0x35,0x90}} */

#pragma code_seg(".orpc")
static const unsigned short AsyncIMethodCall_FormatStringOffsetTable[] =
    {
    62,
    112
    };

static const MIDL_STUBLESS_PROXY_INFO AsyncIMethodCall_ProxyInfo =
    {
    &Object_StubDesc,
    method_call__MIDL_ProcFormatString.Format,
    &AsyncIMethodCall_FormatStringOffsetTable[-3],
    0,
    0,
    0
    };


static const MIDL_SERVER_INFO AsyncIMethodCall_ServerInfo = 
    {
    &Object_StubDesc,
    0,
    method_call__MIDL_ProcFormatString.Format,
    &AsyncIMethodCall_FormatStringOffsetTable[-3],
    0,
    0,
    0,
    0};
CINTERFACE_PROXY_VTABLE(5) _AsyncIMethodCallProxyVtbl = 
{
    &AsyncIMethodCall_ProxyInfo,
    &IID_AsyncIMethodCall,
    IUnknown_QueryInterface_Proxy,
    IUnknown_AddRef_Proxy,
    IUnknown_Release_Proxy ,
    (void *) (INT_PTR) -1 /* AsyncIMethodCall::Begin_Call */ ,
    (void *) (INT_PTR) -1 /* AsyncIMethodCall::Finish_Call */
};

CInterfaceStubVtbl _AsyncIMethodCallStubVtbl =
{
    &IID_AsyncIMethodCall,
    &AsyncIMethodCall_ServerInfo,
    5,
    0, /* pure interpreted */
    CStdAsyncStubBuffer_METHODS
};


/* Object interface: ICallCancellation, ver. 0.0,
   GUID={0x7A1E52F4,0x8C0B,0x4E0D,{0x9B,0x6E,0x3D,0x1C,0x2F,0x70,0xA8,0xB5}} */

#pragma code_seg(".orpc")
static const unsigned short ICallCancellation_FormatStringOffsetTable[] =
    {
    156
    };

static const MIDL_STUBLESS_PROXY_INFO ICallCancellation_ProxyInfo =
    {
    &Object_StubDesc,
    method_call__MIDL_ProcFormatString.Format,
    &ICallCancellation_FormatStringOffsetTable[-3],
    0,
    0,
    0
    };


static const MIDL_SERVER_INFO ICallCancellation_ServerInfo = 
    {
    &Object_StubDesc,
    0,
    method_call__MIDL_ProcFormatString.Format,
    &ICallCancellation_FormatStringOffsetTable[-3],
    0,
    0,
    0,
    0};
CINTERFACE_PROXY_VTABLE(4) _ICallCancellationProxyVtbl = 
{
    &ICallCancellation_ProxyInfo,
    &IID_ICallCancellation,
    IUnknown_QueryInterface_Proxy,
    IUnknown_AddRef_Proxy,
    IUnknown_Release_Proxy ,
    (void *) (INT_PTR) -1 /* ICallCancellation::CancelCall */
};

const CInterfaceStubVtbl _ICallCancellationStubVtbl =
{
    &IID_ICallCancellation,
    &ICallCancellation_ServerInfo,
    4,
    0, /* pure interpreted */
    CStdStubBuffer_METHODS
};


/* Standard interface: __MIDL_itf_method_call_0000_0003, ver. 0.0,
   GUID={0x00000000,0x0000,0x0000,{0x00,0x00,0x00,0x00,0x00,0x00,0x00,0x00}} */

#ifdef __cplusplus
namespace {
#endif
static const MIDL_STUB_DESC Object_StubDesc = 
    {
    0,
    NdrOleAllocate,
    NdrOleFree,
    0,
    0,
    0,
    0,
    0,
    method_call__MIDL_TypeFormatString.Format,
    1, /* -error bounds_check flag */
    0x50002, /* Ndr library version */
    0,
    0x8010274, /* MIDL Version 8.1.628 */
    0,
    UserMarshalRoutines,
    0,  /* notify & notify_flag routine table */
    0x1, /* MIDL flag */
    0, /* cs routines */
    0,   /* proxy/server info */
    0
    };
#ifdef __cplusplus
}
#endif

const CInterfaceProxyVtbl * const _method_call_ProxyVtblList[] = 
{
    ( CInterfaceProxyVtbl *) &_IMethodCallProxyVtbl,
    ( CInterfaceProxyVtbl *) &_AsyncIMethodCallProxyVtbl,
    ( CInterfaceProxyVtbl *) &_ICallCancellationProxyVtbl,
    0
};

const CInterfaceStubVtbl * const _method_call_StubVtblList[] = 
{
    ( CInterfaceStubVtbl *) &_IMethodCallStubVtbl,
    ( CInterfaceStubVtbl *) &_AsyncIMethodCallStubVtbl,
    ( CInterfaceStubVtbl *) &_ICallCancellationStubVtbl,
    0
};

PCInterfaceName const _method_call_InterfaceNamesList[] = 
{
    "IMethodCall",
    "AsyncIMethodCall",
    "ICallCancellation",
    0
};


#define _method_call_CHECK_IID(n)	IID_GENERIC_CHECK_IID( _method_call, pIID, n)

int __stdcall _method_call_IID_Lookup( const IID * pIID, int * pIndex )
{
    IID_BS_LOOKUP_SETUP

    IID_BS_LOOKUP_INITIAL_TEST( _method_call, 3, 2 )
    IID_BS_LOOKUP_NEXT_TEST( _method_call, 1 )
    IID_BS_LOOKUP_RETURN_RESULT( _method_call, 3, *pIndex )
    
}

static const IID * const _AsyncInterfaceTable[] = 
{
    (IID*) &IID_AsyncIMethodCall,
    (IID*)(LONG_PTR) -1,
    (IID*) 0,
    (IID*) 0
};

EXTERN_C const ExtendedProxyFileInfo method_call_ProxyFileInfo = 
{
    (PCInterfaceProxyVtblList *) & _method_call_ProxyVtblList,
    (PCInterfaceStubVtblList *) & _method_call_StubVtblList,
    (const PCInterfaceName * ) & _method_call_InterfaceNamesList,
    0, /* no delegation */
    & _method_call_IID_Lookup, 
    3,
    6,
    (const IID**) &_AsyncInterfaceTable[0], /* table of [async_uuid] interfaces */
    0, /* Filler1 */
    0, /* Filler2 */
    0  /* Filler3 */
};
#if _MSC_VER >= 1200
#pragma warning(pop)
#endif


#endif /* defined(_M_AMD64)*/

