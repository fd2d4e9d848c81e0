#pragma once

#include "com/seam.h"
#include "security/token_description.h"

namespace async_com {

// Ends the process at once with kForeignTokenExitCode: a thread's token could not be put right, and
// to run on as somebody else would be worse.
[[noreturn]] void EndProcessForForeignToken() noexcept;

// What was on a thread that a task has left, and what is on it now.
struct ThreadCleaning {
  DescribedThreadToken found;
  DescribedThreadToken after;  // the same look where there was no token: nothing was done
};

// Takes any impersonation token off the calling thread and looks that it is gone. If it is not, the
// process ends.
ThreadCleaning CleanThreadOrEndProcess() noexcept;

// What a pool does with its thread after a task that may have left a token on it.
extern Seam<ThreadCleaning()> clean_thread;

// What a process that could not take a token off one of its threads exits with.
constexpr unsigned kForeignTokenExitCode = 0xAC0;

}  // namespace async_com
