#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// What the calling thread's token is good for. Both fail with ERROR_NO_TOKEN on a thread without
// one: what is meant to be done as the client is never done as the server.

// Whether the token's user has `access` to an object that the SDDL describes; generic rights are
// those of files. A token at identification level serves. Throws Win32Error.
// https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-accesscheck
bool CheckAccessAsThread(const std::wstring& sddl, DWORD access);

// Opens an existing file or folder for reading, as whom the token is of, and closes it again.
// Throws Win32Error: ERROR_BAD_IMPERSONATION_LEVEL for a token that only identifies.
void OpenAsThread(const std::wstring& path);

}  // namespace async_com
