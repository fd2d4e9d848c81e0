#pragma once

#include <windows.h>

#include <cstdint>
#include <utility>

#include "com/handle.h"

namespace async_com {

// Owns a handle to an access token. A default-made one is empty.
class Token {
 public:
  Token() noexcept = default;
  explicit Token(UniqueHandle handle) noexcept : handle_(std::move(handle)) {}

  // This process's primary token.
  static Token OpenProcess(DWORD access = TOKEN_QUERY);

  // A new token with an identity (TokenId) of its own. This one must have been opened with
  // TOKEN_DUPLICATE. Windows refuses (ERROR_BAD_IMPERSONATION_LEVEL) to raise an impersonation
  // token's level.
  // Without a descriptor the default DACL of whoever the calling thread acts for says who may open
  // it later.
  Token Duplicate(SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type, DWORD access,
                  PSECURITY_DESCRIPTOR descriptor = nullptr) const;

  // Another handle to the same token, with the same access.
  Token Share() const;

  explicit operator bool() const noexcept { return static_cast<bool>(handle_); }
  HANDLE Get() const noexcept { return handle_.Get(); }
  [[nodiscard]] HANDLE Release() noexcept { return handle_.Release(); }

 private:
  UniqueHandle handle_;
};

// What one look at a thread's impersonation token found. The failure is data: ERROR_NO_TOKEN says
// that the thread has no token, ERROR_CANT_OPEN_ANONYMOUS that it has one at anonymous level, any
// other error that this look cannot tell.
struct ThreadTokenSighting {
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
ThreadTokenSighting LookAtThisThread(DWORD access = TOKEN_QUERY) noexcept;

// A thread of this or of another process. Where there is none `error` is ERROR_INVALID_PARAMETER
// and `failed` is "OpenThread". The thread itself is opened as whoever the calling thread
// impersonates (OpenThread knows no other way), so call this on a thread that is not impersonating.
ThreadTokenSighting LookAtThread(DWORD thread_id, DWORD access = TOKEN_QUERY) noexcept;

// Puts a token on the calling thread; null removes the one that is there. The token must be an
// impersonation token opened with TOKEN_IMPERSONATE; an empty Token is refused. Where the process
// may not impersonate the token's user, Windows succeeds and the thread gets it at identification
// level: look at the thread afterwards.
void SetThisThreadToken(const Token* token);

// The same for owners that must not throw: ERROR_SUCCESS, or what SetThreadToken failed with.
[[nodiscard]] DWORD TrySetThisThreadToken(const Token* token) noexcept;

}  // namespace async_com
