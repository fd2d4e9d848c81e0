// What Microsoft's C library (the UCRT) and libc++ expect of the compiler's run-time library: only what
// the check needs.
#pragma once

#include <sal.h>
#include <vadefs.h>

#define _VCRTIMP
#define __CRTDECL __cdecl
#define _CRT_INSECURE_DEPRECATE(name)
#define _CRT_DEPRECATE_TEXT(text)
#define _CRT_INSECURE_DEPRECATE_MEMORY(name)

#ifdef __cplusplus
#define _CRT_BEGIN_C_HEADER extern "C" {
#define _CRT_END_C_HEADER }
#else
#define _CRT_BEGIN_C_HEADER
#define _CRT_END_C_HEADER
typedef unsigned short wchar_t;
#endif
