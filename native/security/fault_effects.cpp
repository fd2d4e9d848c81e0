#include "security/fault_effects.h"

#include <atomic>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "call/fault.h"
#include "com/lock.h"
#include "com/win32_error.h"
#include "security/token.h"

namespace async_com {

namespace {

struct CallMemory {
  bool signalled_on_begin_thread = false;
  bool ever_impersonated = false;
  int impersonations = 0;
};

[[maybe_unused]] Lock mutex;
[[maybe_unused]] std::unordered_map<const void*, CallMemory> calls;
Token remembered;
[[maybe_unused]] thread_local bool keeps_token = false;
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

void NoteSignal([[maybe_unused]] const void* call, [[maybe_unused]] bool on_begin_thread) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    calls[call].signalled_on_begin_thread = on_begin_thread;
  }
}

bool WasSignalledOnBeginThread([[maybe_unused]] const void* call) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    return calls[call].signalled_on_begin_thread;
  } else {
    return false;
  }
}

void NoteImpersonation([[maybe_unused]] const void* call, [[maybe_unused]] bool first) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    CallMemory& memory = calls[call];
    memory.ever_impersonated = true;
    memory.impersonations = first ? 1 : memory.impersonations + 1;
  }
}

bool HasEverImpersonated([[maybe_unused]] const void* call) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    return calls[call].ever_impersonated;
  } else {
    return false;
  }
}

bool IsLastRevert([[maybe_unused]] const void* call) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    return --calls[call].impersonations <= 0;
  } else {
    return true;
  }
}

void ForgetCall([[maybe_unused]] const void* call) noexcept {
  if constexpr (kFaultBuild) {
    const std::lock_guard lock(mutex);
    calls.erase(call);
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

void KeepTokenOnce() noexcept {
  if constexpr (kFaultBuild) {
    keeps_token = true;
  }
}

bool KeepsToken() noexcept {
  if constexpr (kFaultBuild) {
    return std::exchange(keeps_token, false);
  } else {
    return false;
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
