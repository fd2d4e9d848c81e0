#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "threads/bounded_queue.h"
#include "threads/pool_timer.h"
#include "threads/task.h"

namespace async_com {

// Knows whether the call of a call object is complete, as an event does, and runs tasks when it is.
// No thread waits for that. Any thread may use it.
class CallCompletion : public std::enable_shared_from_this<CallCompletion> {
 public:
  // `queue` runs the tasks.
  explicit CallCompletion(BoundedQueue& queue);
  CallCompletion(const CallCompletion&) = delete;
  CallCompletion& operator=(const CallCompletion&) = delete;

  // A call begins.
  void Reset() noexcept;
  // The call is complete. To complete it again has no effect. A task that cannot be queued, because
  // there is no memory or no thread, is destroyed.
  void Signal() noexcept;

  // Runs the task when the call is complete, or after that time, whichever is first. Throws
  // Win32Error, and std::system_error if no thread can be started. The task is then destroyed.
  void Then(std::unique_ptr<Task> task, DWORD milliseconds);

 private:
  class DueTask;
  struct Waiting {
    std::uint64_t id = 0;
    std::unique_ptr<Task> task;
    std::unique_ptr<PoolTimer> timer;  // null if the time is infinite
  };

  void TimeIsOver(std::uint64_t id) noexcept;
  void Queue(Waiting waiting);

  const std::shared_ptr<BoundedQueue> queue_;
  Lock mutex_;
  bool signalled_ = false;
  std::uint64_t last_id_ = 0;
  std::vector<Waiting> waiting_;
};

}  // namespace async_com
