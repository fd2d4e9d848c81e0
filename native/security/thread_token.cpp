#include "security/thread_token.h"

#include <optional>

#include "com/handle.h"
#include "com/win32_error.h"
#include "security/clean_thread.h"

namespace async_com {

namespace {

std::int64_t Ticks() noexcept {
  LARGE_INTEGER ticks{};
  ::QueryPerformanceCounter(&ticks);
  return ticks.QuadPart;
}

class LastErrorKeeper {
 public:
  LastErrorKeeper() noexcept : error_(::GetLastError()) {}
  LastErrorKeeper(const LastErrorKeeper&) = delete;
  LastErrorKeeper& operator=(const LastErrorKeeper&) = delete;
  ~LastErrorKeeper() { ::SetLastError(error_); }

 private:
  DWORD error_;
};

// Returns the last error. A failure must not look like success, so ERROR_SUCCESS becomes
// ERROR_GEN_FAILURE.
DWORD LastFailure() noexcept {
  const DWORD error = ::GetLastError();
  return error == ERROR_SUCCESS ? ERROR_GEN_FAILURE : error;
}

ThreadToken Look(DWORD thread_id, HANDLE thread, DWORD access) noexcept {
  ThreadToken found;
  found.thread_id = thread_id;
  UniqueHandle token;
  if (::OpenThreadToken(thread, access, TRUE, token.Put())) {
    found.time = Ticks();
    found.token = Token(std::move(token));
  } else {
    found.error = LastFailure();
    found.time = Ticks();
    found.failed = "OpenThreadToken";
  }
  return found;
}

// Returns nothing if the token has no level.
std::optional<SECURITY_IMPERSONATION_LEVEL> LevelOf(const Token& token) noexcept {
  SECURITY_IMPERSONATION_LEVEL level{};
  DWORD size = 0;
  if (!GetTokenInformation(token.Get(), TokenImpersonationLevel, &level, sizeof level, &size)) {
    return std::nullopt;
  }
  return level;
}

}  // namespace

ThreadToken TokenOfThisThread(DWORD access) noexcept {
  const LastErrorKeeper keeper;
  return Look(::GetCurrentThreadId(), ::GetCurrentThread(), access);
}

ThreadToken TokenOfThread(DWORD thread_id, DWORD access) noexcept {
  const LastErrorKeeper keeper;
  // OpenThreadToken is documented to need this access to the thread and no more.
  const UniqueHandle thread(::OpenThread(THREAD_QUERY_INFORMATION, FALSE, thread_id));
  if (!thread) {
    ThreadToken found;
    found.thread_id = thread_id;
    found.error = LastFailure();
    found.failed = "OpenThread";
    found.time = Ticks();
    return found;
  }
  return Look(thread_id, thread.Get(), access);
}

DWORD TrySetThisThreadToken(const Token* token) noexcept {
  const LastErrorKeeper keeper;
  // For SetThreadToken a null handle means "remove the token".
  if (token != nullptr && !*token) return ERROR_INVALID_HANDLE;
  const HANDLE handle = token == nullptr ? nullptr : token->Get();
  return ::SetThreadToken(nullptr, handle) ? ERROR_SUCCESS : LastFailure();
}

void SetThisThreadToken(const Token* token) {
  const DWORD error = TrySetThisThreadToken(token);
  if (error != ERROR_SUCCESS) throw Win32Error(error, "SetThreadToken");
}

DWORD TrySetTokenAtItsLevel(const Token& token) noexcept {
  const ThreadToken before = TokenOfThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
  if (!before.IsAbsent() && !before.IsPresent()) {
    return before.error;
  }
  const DWORD error = TrySetThisThreadToken(&token);
  if (error != ERROR_SUCCESS) {
    return error;
  }
  const ThreadToken now = TokenOfThisThread(TOKEN_QUERY);
  const auto wanted = LevelOf(token);
  const auto level = now.IsPresent() ? LevelOf(now.token) : std::nullopt;
  // A token at anonymous level cannot be opened on the thread. No level is below it.
  if (now.IsAnonymous() || !wanted || (level && *level >= *wanted)) {
    return ERROR_SUCCESS;
  }
  if (TrySetThisThreadToken(before.IsPresent() ? &before.token : nullptr) != ERROR_SUCCESS) {
    EndProcessForForeignToken();
  }
  return ERROR_BAD_IMPERSONATION_LEVEL;
}

ThreadTokenScope::ThreadTokenScope(const std::shared_ptr<Token>& token) : set_(token != nullptr) {
  if (set_) {
    const DWORD error = TrySetTokenAtItsLevel(*token);
    if (error != ERROR_SUCCESS) {
      throw Win32Error(error, "SetThreadToken");
    }
  }
}

ThreadTokenScope::~ThreadTokenScope() {
  // Threads that use this class have no token of their own.
  if (set_) {
    CleanThreadOrEndProcess();
  }
}

}  // namespace async_com
