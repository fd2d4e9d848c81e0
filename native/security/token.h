#pragma once

#include <windows.h>

#include <utility>

#include "com/handle.h"

namespace async_com {

// Owns a handle to an access token. A default-constructed Token is empty.
class Token {
 public:
  Token() noexcept = default;
  explicit Token(UniqueHandle handle) noexcept : handle_(std::move(handle)) {}

  // Opens this process's primary token.
  static Token OpenProcess(DWORD access = TOKEN_QUERY);

  // Returns a new token with a TokenId of its own. This token must have been opened with
  // TOKEN_DUPLICATE. Windows refuses to raise the level of an impersonation token
  // (ERROR_BAD_IMPERSONATION_LEVEL). Without a descriptor, the default DACL of the account that the
  // calling thread acts for says who may open the new token later.
  Token Duplicate(SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type, DWORD access,
                  PSECURITY_DESCRIPTOR descriptor = nullptr) const;

  // Returns another handle to the same token, with the same access.
  Token Share() const;

  explicit operator bool() const noexcept { return static_cast<bool>(handle_); }
  HANDLE Get() const noexcept { return handle_.Get(); }
  [[nodiscard]] HANDLE Release() noexcept { return handle_.Release(); }

 private:
  UniqueHandle handle_;
};

}  // namespace async_com
