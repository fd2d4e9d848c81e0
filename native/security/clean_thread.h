#pragma once

#include "com/seam.h"
#include "security/token_description.h"

namespace async_com {

// Ends the process at once with kForeignTokenExitCode. It is called when the token of a thread
// cannot be put right, because it would be worse to go on as another account.
[[noreturn]] void EndProcessForForeignToken() noexcept;

// The token that a task has left on its thread, and what is on the thread after the cleaning.
struct ThreadCleaning {
  DescribedThreadToken found;
  DescribedThreadToken after;  // equal to `found` if there was no token and nothing was done
};

// Removes any impersonation token from the calling thread and checks that it is gone. If it is not
// gone, the process ends.
ThreadCleaning CleanThreadOrEndProcess() noexcept;

// A pool calls this on its thread after a task that may have left a token there.
extern Seam<ThreadCleaning()> clean_thread;

// The exit code of a process that could not put right the token of one of its threads.
constexpr unsigned kForeignTokenExitCode = 0xAC0;

}  // namespace async_com
