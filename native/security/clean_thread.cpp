#include "security/clean_thread.h"

#include <windows.h>

#include <cstdlib>

#include "security/fault_effects.h"
#include "security/token.h"

namespace async_com {

void EndProcessForForeignToken() noexcept {
  constexpr char kReason[] =
      "async-com: a thread could not be given back the identity that it had; ending the process.\n";
  DWORD written = 0;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), kReason, sizeof kReason - 1, &written, nullptr);
  TerminateProcess(GetCurrentProcess(), kForeignTokenExitCode);
  std::abort();  // not reached
}

ThreadCleaning CleanThreadOrEndProcess() noexcept {
  ThreadCleaning cleaning;
  cleaning.found = SeeThisThread();
  if (KeepsToken()) {
    cleaning.after = SeeThisThread();
    return cleaning;
  }
  if (cleaning.found.sighting.IsAbsent()) {
    const ThreadTokenSighting& bare = cleaning.found.sighting;
    cleaning.after.sighting = {bare.thread_id, bare.error, bare.failed, bare.time, Token()};
    return cleaning;
  }
  if (TrySetThisThreadToken(nullptr) == ERROR_SUCCESS) {
    cleaning.after = SeeThisThread();
    if (cleaning.after.sighting.IsAbsent()) {
      return cleaning;
    }
  }
  EndProcessForForeignToken();
}

}  // namespace async_com
