#pragma once

#include <vcruntime.h>

_CRT_BEGIN_C_HEADER
void* __cdecl memchr(const void* buffer, int value, size_t size);
int __cdecl memcmp(const void* one, const void* other, size_t size);
void* __cdecl memcpy(void* to, const void* from, size_t size);
void* __cdecl memmove(void* to, const void* from, size_t size);
void* __cdecl memset(void* to, int value, size_t size);
char* __cdecl strchr(const char* text, int value);
char* __cdecl strrchr(const char* text, int value);
char* __cdecl strstr(const char* text, const char* part);
wchar_t* __cdecl wcschr(const wchar_t* text, wchar_t value);
wchar_t* __cdecl wcsrchr(const wchar_t* text, wchar_t value);
wchar_t* __cdecl wcsstr(const wchar_t* text, const wchar_t* part);
_CRT_END_C_HEADER
