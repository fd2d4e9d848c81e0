#pragma once

#include <windows.h>

#include "security/token.h"

namespace async_com {

// Puts an impersonation token on the calling thread, at the token's own level or not at all. Where
// the process may not impersonate the token's user Windows succeeds, but lowers the level on the
// thread to identification: then what was on the thread is put back, and the answer is
// ERROR_BAD_IMPERSONATION_LEVEL. Otherwise it is ERROR_SUCCESS, or SetThreadToken's error. The
// process ends where the thread cannot be given back what it had.
// https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
[[nodiscard]] DWORD TryWearToken(const Token& token) noexcept;

}  // namespace async_com
