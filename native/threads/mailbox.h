#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "threads/task.h"

namespace async_com {

// The way in to a thread that serves one call, or one handler: tasks run on it in the order posted.
class Mailbox {
 public:
  // Takes the task. False once the mailbox is closed; the caller then still has the task.
  [[nodiscard]] bool Post(std::unique_ptr<Task>& task);

  // Takes no more tasks. Those that were posted before still run.
  void Close() noexcept;
  bool IsClosed() noexcept;

  // Runs tasks on the calling thread until the mailbox is closed and empty.
  void Serve() noexcept;

  // Gives the tasks that have not run, for whoever finds that no thread will serve the mailbox.
  std::vector<std::unique_ptr<Task>> CloseAndTake() noexcept;

 private:
  Lock mutex_;
  Condition changed_;
  std::vector<std::unique_ptr<Task>> tasks_;
  bool closed_ = false;
};

}  // namespace async_com
