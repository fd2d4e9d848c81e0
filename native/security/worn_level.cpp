#include "security/worn_level.h"

#include <optional>

#include "security/clean_thread.h"

namespace async_com {

namespace {

// Empty where the token tells of none.
std::optional<SECURITY_IMPERSONATION_LEVEL> LevelOf(const Token& token) noexcept {
  SECURITY_IMPERSONATION_LEVEL level{};
  DWORD size = 0;
  if (!GetTokenInformation(token.Get(), TokenImpersonationLevel, &level, sizeof level, &size)) {
    return std::nullopt;
  }
  return level;
}

}  // namespace

DWORD TryWearToken(const Token& token) noexcept {
  const ThreadTokenSighting before = LookAtThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
  if (!before.IsAbsent() && !before.IsPresent()) {
    return before.error;
  }
  const DWORD error = TrySetThisThreadToken(&token);
  if (error != ERROR_SUCCESS) {
    return error;
  }
  const ThreadTokenSighting now = LookAtThisThread(TOKEN_QUERY);
  const auto wanted = LevelOf(token);
  const auto level = now.IsPresent() ? LevelOf(now.token) : std::nullopt;
  // A token at anonymous level cannot be opened on the thread; there is nothing below it.
  if (now.IsAnonymous() || !wanted || (level && *level >= *wanted)) {
    return ERROR_SUCCESS;
  }
  if (TrySetThisThreadToken(before.IsPresent() ? &before.token : nullptr) != ERROR_SUCCESS) {
    EndProcessForForeignToken();
  }
  return ERROR_BAD_IMPERSONATION_LEVEL;
}

}  // namespace async_com
