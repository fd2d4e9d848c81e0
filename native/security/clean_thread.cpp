#include "security/clean_thread.h"

#include <windows.h>

#include <cstdlib>

#include "security/thread_token.h"

namespace async_com {

void EndProcessForForeignToken() noexcept {
  constexpr char kReason[] =
      "async-com: could not restore the identity of a thread. The process ends.\n";
  DWORD written = 0;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), kReason, sizeof kReason - 1, &written, nullptr);
  TerminateProcess(GetCurrentProcess(), kForeignTokenExitCode);
  std::abort();  // not reached
}

ThreadCleaning CleanThreadOrEndProcess() noexcept {
  ThreadCleaning cleaning;
  cleaning.found = DescribeTokenOfThisThread();
  if (cleaning.found.thread_token.IsAbsent()) {
    const ThreadToken& bare = cleaning.found.thread_token;
    cleaning.after.thread_token = {bare.thread_id, bare.error, bare.failed, bare.time, Token()};
    return cleaning;
  }
  if (TrySetThisThreadToken(nullptr) == ERROR_SUCCESS) {
    cleaning.after = DescribeTokenOfThisThread();
    if (cleaning.after.thread_token.IsAbsent()) {
      return cleaning;
    }
  }
  EndProcessForForeignToken();
}

constinit Seam<ThreadCleaning()> clean_thread(CleanThreadOrEndProcess);

}  // namespace async_com
