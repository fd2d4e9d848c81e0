// What Microsoft's C library (the UCRT) and libc++ expect of the compiler's run-time library.
#pragma once

#include <sal.h>
#include <vadefs.h>

#define _CRTIMP
#define _VCRTIMP
#define _ACRTIMP_ALT
#define __CRTDECL __cdecl
#define _CRT_ALIGN(x) __declspec(align(x))
#define _CONST_RETURN const
#define _HAS_EXCEPTIONS 1
#define _HAS_NODISCARD 1
#define _NODISCARD [[nodiscard]]
#define _VCRT_NOALIAS __declspec(noalias)
#define _VCRT_RESTRICT __declspec(restrict)
#define _VCRT_ALLOCATOR
#define _CRT_PACKING 8
#define _VCRUNTIME_DISABLED_WARNINGS 4514
#define _UCRT_DISABLED_WARNINGS 4514
#define _CRT_SECURE_NO_WARNINGS
#define _CRT_NONSTDC_NO_WARNINGS
#define _CRT_USE_BUILTIN_OFFSETOF
#define _CRT_INSECURE_DEPRECATE(name)
#define _CRT_DEPRECATE_TEXT(text)
#define _CRT_INSECURE_DEPRECATE_MEMORY(name)

#define _CRT_STRINGIZE_(x) #x
#define _CRT_STRINGIZE(x) _CRT_STRINGIZE_(x)
#define _CRT_WIDE_(s) L##s
#define _CRT_WIDE(s) _CRT_WIDE_(s)
#define _CRT_CONCATENATE_(a, b) a##b
#define _CRT_CONCATENATE(a, b) _CRT_CONCATENATE_(a, b)
#define _CRT_UNPARENTHESIZE_(...) __VA_ARGS__
#define _CRT_UNPARENTHESIZE(...) _CRT_UNPARENTHESIZE_ __VA_ARGS__
#define __crt_countof(a) (sizeof(a) / sizeof((a)[0]))

#ifdef __cplusplus
#define _CRT_BEGIN_C_HEADER extern "C" {
#define _CRT_END_C_HEADER }
#define _CRT_HAS_CXX17 1
#else
#define _CRT_BEGIN_C_HEADER
#define _CRT_END_C_HEADER
#define _CRT_HAS_CXX17 0
#endif

#ifdef _WIN64
typedef unsigned __int64 size_t;
typedef __int64 ptrdiff_t;
typedef __int64 intptr_t;
#else
typedef unsigned int size_t;
typedef int ptrdiff_t;
typedef int intptr_t;
#endif

#ifndef __cplusplus
typedef unsigned short wchar_t;
#endif
