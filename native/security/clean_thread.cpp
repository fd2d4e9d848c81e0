#include "security/clean_thread.h"

#include <windows.h>

#include "security/token.h"

namespace async_com {

void CleanThreadOrEndProcess() noexcept {
  if (LookAtThisThread().IsAbsent()) {
    return;
  }
  if (TrySetThisThreadToken(nullptr) == ERROR_SUCCESS && LookAtThisThread().IsAbsent()) {
    return;
  }
  constexpr char kReason[] =
      "async-com: an impersonation token could not be taken off a thread; ending the process.\n";
  DWORD written = 0;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), kReason, sizeof kReason - 1, &written, nullptr);
  TerminateProcess(GetCurrentProcess(), kForeignTokenExitCode);
}

}  // namespace async_com
