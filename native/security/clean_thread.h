#pragma once

namespace async_com {

// Takes any impersonation token off the calling thread and looks that it is gone. If it is not, the
// process ends at once with kForeignTokenExitCode: to run on as somebody else would be worse.
void CleanThreadOrEndProcess() noexcept;

// What a process that could not take a token off one of its threads exits with.
constexpr unsigned kForeignTokenExitCode = 0xAC0;

}  // namespace async_com
