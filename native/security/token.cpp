#include "security/token.h"

#include "com/win32_error.h"

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

// A failure must not read as "a token was opened", whatever the last error says.
DWORD LastFailure() noexcept {
  const DWORD error = ::GetLastError();
  return error == ERROR_SUCCESS ? ERROR_GEN_FAILURE : error;
}

ThreadTokenSighting Look(DWORD thread_id, HANDLE thread, DWORD access) noexcept {
  ThreadTokenSighting sighting;
  sighting.thread_id = thread_id;
  UniqueHandle token;
  if (::OpenThreadToken(thread, access, TRUE, token.Put())) {
    sighting.time = Ticks();
    sighting.token = Token(std::move(token));
  } else {
    sighting.error = LastFailure();
    sighting.time = Ticks();
    sighting.failed = "OpenThreadToken";
  }
  return sighting;
}

}  // namespace

Token Token::OpenProcess(DWORD access) {
  UniqueHandle token;
  if (!::OpenProcessToken(::GetCurrentProcess(), access, token.Put())) {
    ThrowLastError("OpenProcessToken");
  }
  return Token(std::move(token));
}

Token Token::Duplicate(SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type, DWORD access,
                       PSECURITY_DESCRIPTOR descriptor) const {
  UniqueHandle token;
  SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor, FALSE};
  if (!::DuplicateTokenEx(Get(), access, descriptor == nullptr ? nullptr : &attributes, level, type,
                          token.Put())) {
    ThrowLastError("DuplicateTokenEx");
  }
  return Token(std::move(token));
}

Token Token::Share() const {
  UniqueHandle token;
  const HANDLE process = ::GetCurrentProcess();
  if (!::DuplicateHandle(process, Get(), process, token.Put(), 0, FALSE, DUPLICATE_SAME_ACCESS)) {
    ThrowLastError("DuplicateHandle");
  }
  return Token(std::move(token));
}

ThreadTokenSighting LookAtThisThread(DWORD access) noexcept {
  const LastErrorKeeper keeper;
  return Look(::GetCurrentThreadId(), ::GetCurrentThread(), access);
}

ThreadTokenSighting LookAtThread(DWORD thread_id, DWORD access) noexcept {
  const LastErrorKeeper keeper;
  // What OpenThreadToken is documented to need of the handle, and no more.
  const UniqueHandle thread(::OpenThread(THREAD_QUERY_INFORMATION, FALSE, thread_id));
  if (!thread) {
    ThreadTokenSighting sighting;
    sighting.thread_id = thread_id;
    sighting.error = LastFailure();
    sighting.failed = "OpenThread";
    sighting.time = Ticks();
    return sighting;
  }
  return Look(thread_id, thread.Get(), access);
}

DWORD TrySetThisThreadToken(const Token* token) noexcept {
  const LastErrorKeeper keeper;
  // To SetThreadToken a null handle means "remove".
  if (token != nullptr && !*token) return ERROR_INVALID_HANDLE;
  const HANDLE handle = token == nullptr ? nullptr : token->Get();
  return ::SetThreadToken(nullptr, handle) ? ERROR_SUCCESS : LastFailure();
}

void SetThisThreadToken(const Token* token) {
  const DWORD error = TrySetThisThreadToken(token);
  if (error != ERROR_SUCCESS) throw Win32Error(error, "SetThreadToken");
}

}  // namespace async_com
