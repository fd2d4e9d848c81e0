#pragma once

#include <functional>

namespace async_com {

// Runs a task on a thread of the double, as COM runs Begin_ on its RPC threads: in the
// multithreaded apartment, one call after another. The task gets the thread that became idle last,
// or a new one. Nothing is removed from a thread between two tasks.
void RunOnBeginThread(std::function<void()> task);

// Called by a task. The thread ends when the task has returned.
void EndThisBeginThread() noexcept;

}  // namespace async_com
