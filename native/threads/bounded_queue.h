#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include "com/lock.h"
#include "threads/task.h"
#include "threads/thread_pool.h"

namespace async_com {

// Runs tasks on the threads of a pool, but only a bounded number of them at a time. Further tasks
// wait for their turn, in the order in which they came. So work that hangs holds a bounded number
// of the pool's threads, and no work of another queue waits for it. Any thread may use a queue.
class BoundedQueue : public std::enable_shared_from_this<BoundedQueue> {
 public:
  BoundedQueue(ThreadPool& pool, std::size_t most_running) noexcept
      : pool_(pool), most_running_(most_running) {}
  BoundedQueue(const BoundedQueue&) = delete;
  BoundedQueue& operator=(const BoundedQueue&) = delete;

  // Throws std::system_error if no thread can be started.
  void Run(std::unique_ptr<Task> task);

 private:
  class Turn;

  void TurnEnded() noexcept;

  ThreadPool& pool_;
  const std::size_t most_running_;
  Lock mutex_;
  std::size_t running_ = 0;
  std::deque<std::unique_ptr<Task>> waiting_;
};

}  // namespace async_com
