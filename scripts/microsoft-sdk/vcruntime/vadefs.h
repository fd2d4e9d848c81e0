#pragma once

#ifdef _WIN64
typedef unsigned __int64 uintptr_t;
#else
typedef unsigned int uintptr_t;
#endif
typedef char* va_list;

#define __crt_va_start(list, last) __builtin_va_start(list, last)
#define __crt_va_end(list) __builtin_va_end(list)
