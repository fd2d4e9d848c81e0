#include "security/fault_effects.h"

#include <atomic>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include "call/fault.h"
#include "call/lock.h"
#include "com/win32_error.h"
#include "security/token.h"

namespace async_com {

namespace {

[[maybe_unused]] Lock mutex;
Token remembered;
std::vector<std::weak_ptr<Token>> duplicates;

}  // namespace

void CopyTokenToThread([[maybe_unused]] DWORD thread_id) {
  if constexpr (kFaultBuild) {
    const ThreadTokenSighting here = LookAtThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
    const UniqueHandle thread(OpenThread(THREAD_ALL_ACCESS, FALSE, thread_id));
    HANDLE target = thread.Get();
    if (!here.IsPresent() || target == nullptr || !SetThreadToken(&target, here.token.Get())) {
      ThrowLastError("SetThreadToken");
    }
  }
}

int ImpersonatingAnywhere([[maybe_unused]] int change) noexcept {
  if constexpr (kFaultBuild) {
    static std::atomic<int> count{0};
    return count += change;
  } else {
    return 0;
  }
}

void RememberToken() noexcept {
  if constexpr (kFaultBuild) {
    ThreadTokenSighting here = LookAtThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
    if (here.IsPresent()) {
      const std::lock_guard lock(mutex);
      remembered = std::move(here.token);
    }
  }
}

void PutRememberedToken() noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    if (remembered) {
      std::ignore = TrySetThisThreadToken(&remembered);
      remembered = Token();
    }
  }
}

void NoteDuplicate([[maybe_unused]] const std::shared_ptr<Token>& token) {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    duplicates.push_back(token);
  }
}

void EmptyDuplicates() noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    for (const auto& duplicate : duplicates) {
      if (const auto token = duplicate.lock()) {
        *token = Token();
      }
    }
    duplicates.clear();
  }
}

}  // namespace async_com
