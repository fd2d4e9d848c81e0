#include "client/call_completion.h"

#include <algorithm>
#include <utility>

namespace async_com {

CallCompletion::CallCompletion(BoundedQueue& queue) : queue_(queue.shared_from_this()) {}

// A task whose time has come.
class CallCompletion::DueTask final : public Task {
 public:
  explicit DueTask(Waiting waiting) noexcept : waiting_(std::move(waiting)) {}

  void Run() noexcept override { waiting_.task->Run(); }
  bool MayLeaveToken() const noexcept override { return waiting_.task->MayLeaveToken(); }

 private:
  Waiting waiting_;
};

void CallCompletion::Reset() noexcept {
  const std::lock_guard lock(mutex_);
  signalled_ = false;
}

void CallCompletion::Signal() noexcept {
  std::vector<Waiting> due;
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
    due.swap(waiting_);
  }
  for (Waiting& waiting : due) {
    try {
      Queue(std::move(waiting));
    } catch (...) {
      // The task is destroyed, and says so to whoever waits for it.
    }
  }
}

void CallCompletion::Then(std::unique_ptr<Task> task, DWORD milliseconds) {
  Waiting waiting{0, std::move(task), nullptr};
  {
    const std::lock_guard lock(mutex_);
    waiting.id = ++last_id_;
  }
  const std::uint64_t id = waiting.id;
  PoolTimer* timer = nullptr;
  if (milliseconds != INFINITE) {
    waiting.timer =
        std::make_unique<PoolTimer>([self = shared_from_this(), id] { self->TimeIsOver(id); });
    timer = waiting.timer.get();
  }
  {
    const std::lock_guard lock(mutex_);
    if (!signalled_) {
      waiting_.push_back(std::move(waiting));
      // Under the lock, because without it the timer may be gone.
      if (timer != nullptr) {
        timer->Start(milliseconds);
      }
      return;
    }
  }
  Queue(std::move(waiting));
}

void CallCompletion::TimeIsOver(std::uint64_t id) noexcept {
  Waiting due;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                    [id](const Waiting& one) { return one.id == id; });
    if (found == waiting_.end()) {
      return;  // The call was completed at the same moment.
    }
    due = std::move(*found);
    waiting_.erase(found);
  }
  try {
    Queue(std::move(due));
  } catch (...) {
    // As in Signal.
  }
}

void CallCompletion::Queue(Waiting waiting) {
  queue_->Run(std::make_unique<DueTask>(std::move(waiting)));
}

}  // namespace async_com
