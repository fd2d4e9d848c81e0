#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>

#include "security/token.h"

namespace async_com {

// What one look at a thread's impersonation token found. A failure is stored as data:
// ERROR_NO_TOKEN means that the thread has no token, and ERROR_CANT_OPEN_ANONYMOUS that it has one
// at anonymous level. Any other error means that this look could not find out.
struct ThreadToken {
  DWORD thread_id = 0;
  DWORD error = ERROR_SUCCESS;   // if ERROR_SUCCESS, `token` is open
  const char* failed = nullptr;  // the function that failed; null for ERROR_SUCCESS
  std::int64_t time = 0;         // QueryPerformanceCounter's ticks, read just after the look
  Token token;

  bool IsAbsent() const noexcept { return error == ERROR_NO_TOKEN; }
  bool IsAnonymous() const noexcept { return error == ERROR_CANT_OPEN_ANONYMOUS; }
  bool IsPresent() const noexcept { return error == ERROR_SUCCESS; }
};

// These two functions change neither the thread that they look at nor GetLastError(). Windows
// checks the access as the process, whoever the calling thread impersonates.
ThreadToken TokenOfThisThread(DWORD access = TOKEN_QUERY) noexcept;

// Looks at a thread of this or of another process. If there is no such thread, `error` is
// ERROR_INVALID_PARAMETER and `failed` is "OpenThread". Call this on a thread that is not
// impersonating: OpenThread opens the other thread as the account that the calling thread
// impersonates.
ThreadToken TokenOfThread(DWORD thread_id, DWORD access = TOKEN_QUERY) noexcept;

// Puts a token on the calling thread. Null removes the thread's token. The token must be an
// impersonation token opened with TOKEN_IMPERSONATE; an empty Token is refused. If the process may
// not impersonate the token's user, Windows succeeds but puts the token on the thread at
// identification level, so check the thread afterwards. Throws Win32Error.
void SetThisThreadToken(const Token* token);

// Does the same for callers that must not throw. Returns ERROR_SUCCESS or the error of
// SetThreadToken.
[[nodiscard]] DWORD TrySetThisThreadToken(const Token* token) noexcept;

// Puts an impersonation token on the calling thread, at the token's own level or not at all. If the
// process may not impersonate the token's user, Windows succeeds but lowers the level on the thread
// to identification. Then this function puts back what was on the thread and returns
// ERROR_BAD_IMPERSONATION_LEVEL. If the thread already has a token that cannot be opened, it
// changes nothing and returns the error of opening it. Otherwise it returns ERROR_SUCCESS or the
// error of SetThreadToken. The process ends if the thread cannot get back what it had.
// https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
[[nodiscard]] DWORD TrySetTokenAtItsLevel(const Token& token) noexcept;

// Keeps a token on the calling thread while this object lives. A null pointer changes nothing.
class ThreadTokenScope {
 public:
  // Throws Win32Error, with ERROR_BAD_IMPERSONATION_LEVEL if Windows would lower the token's level.
  explicit ThreadTokenScope(const std::shared_ptr<Token>& token);
  ThreadTokenScope(const ThreadTokenScope&) = delete;
  ThreadTokenScope& operator=(const ThreadTokenScope&) = delete;
  ~ThreadTokenScope();

 private:
  const bool set_;
};

}  // namespace async_com
