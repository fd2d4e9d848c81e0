#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "threads/task.h"

namespace async_com {

// The queue of a thread that serves one call or one handler. Tasks run on that thread in the order
// in which they were posted. Any thread may post and close.
class Mailbox {
 public:
  // Takes ownership of the task. Returns false if the mailbox is closed. The caller then still has
  // the task.
  [[nodiscard]] bool Post(std::unique_ptr<Task>& task);

  // Closes the mailbox: it takes no more tasks. Tasks that were posted before still run.
  void Close() noexcept;
  bool IsClosed() noexcept;

  // Runs tasks on the calling thread until the mailbox is closed and empty.
  void Serve() noexcept;

  // Closes the mailbox and returns the tasks that have not run. For use when no thread will serve
  // the mailbox.
  std::vector<std::unique_ptr<Task>> CloseAndTake() noexcept;

 private:
  Lock mutex_;
  Condition changed_;
  std::vector<std::unique_ptr<Task>> tasks_;
  bool closed_ = false;
};

}  // namespace async_com
