#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>

#include "security/token.h"

namespace async_com {

// What one look at a thread's impersonation token found. The failure is data: ERROR_NO_TOKEN says
// that the thread has no token, ERROR_CANT_OPEN_ANONYMOUS that it has one at anonymous level, any
// other error that this look cannot tell.
struct ThreadToken {
  DWORD thread_id = 0;
  DWORD error = ERROR_SUCCESS;   // ERROR_SUCCESS: `token` is open
  const char* failed = nullptr;  // the function that `error` is from; null for ERROR_SUCCESS
  std::int64_t time = 0;         // QueryPerformanceCounter's ticks, read just after the look
  Token token;

  bool IsAbsent() const noexcept { return error == ERROR_NO_TOKEN; }
  bool IsAnonymous() const noexcept { return error == ERROR_CANT_OPEN_ANONYMOUS; }
  bool IsPresent() const noexcept { return error == ERROR_SUCCESS; }
};

// Neither changes the thread that is looked at, nor GetLastError(). The access is checked as the
// process, whoever the calling thread impersonates.
ThreadToken TokenOfThisThread(DWORD access = TOKEN_QUERY) noexcept;

// A thread of this or of another process. Where there is none `error` is ERROR_INVALID_PARAMETER
// and `failed` is "OpenThread". The thread itself is opened as whoever the calling thread
// impersonates (OpenThread knows no other way), so call this on a thread that is not impersonating.
ThreadToken TokenOfThread(DWORD thread_id, DWORD access = TOKEN_QUERY) noexcept;

// Puts a token on the calling thread; null removes the one that is there. The token must be an
// impersonation token opened with TOKEN_IMPERSONATE; an empty Token is refused. Where the process
// may not impersonate the token's user, Windows succeeds and the thread gets it at identification
// level: look at the thread afterwards.
void SetThisThreadToken(const Token* token);

// The same for owners that must not throw: ERROR_SUCCESS, or what SetThreadToken failed with.
[[nodiscard]] DWORD TrySetThisThreadToken(const Token* token) noexcept;

// Puts an impersonation token on the calling thread, at the token's own level or not at all. Where
// the process may not impersonate the token's user Windows succeeds, but lowers the level on the
// thread to identification: then what was on the thread is put back, and the answer is
// ERROR_BAD_IMPERSONATION_LEVEL. Otherwise it is ERROR_SUCCESS, or SetThreadToken's error. The
// process ends where the thread cannot be given back what it had.
// https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
[[nodiscard]] DWORD TrySetTokenAtItsLevel(const Token& token) noexcept;

// The calling thread has a token while this lives. An empty owner changes nothing.
class ThreadTokenScope {
 public:
  // Throws Win32Error: ERROR_BAD_IMPERSONATION_LEVEL where Windows would lower the token's level.
  explicit ThreadTokenScope(const std::shared_ptr<Token>& token);
  ThreadTokenScope(const ThreadTokenScope&) = delete;
  ThreadTokenScope& operator=(const ThreadTokenScope&) = delete;
  ~ThreadTokenScope();

 private:
  const bool set_;
};

}  // namespace async_com
