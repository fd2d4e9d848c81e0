#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// These functions use the calling thread's token. Both fail with ERROR_NO_TOKEN on a thread without
// a token, so that nothing that is meant to be done as the client is done as the server.

// Returns whether the token's user has `access` to an object with the security descriptor `sddl`.
// Generic rights are those of files. A token at identification level is enough. Throws Win32Error.
// https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-accesscheck
bool CheckAccessAsThread(const std::wstring& sddl, DWORD access);

// Opens an existing file or folder for reading, as the token's user, and closes it again. Throws
// Win32Error, with ERROR_BAD_IMPERSONATION_LEVEL if the token is at identification level.
void OpenAsThread(const std::wstring& path);

}  // namespace async_com
