#include "security/clean_thread.h"

#include <windows.h>

#include <cstdlib>

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

void CleanThreadOrEndProcess() noexcept {
  if (LookAtThisThread().IsAbsent()) {
    return;
  }
  if (TrySetThisThreadToken(nullptr) == ERROR_SUCCESS && LookAtThisThread().IsAbsent()) {
    return;
  }
  EndProcessForForeignToken();
}

}  // namespace async_com
