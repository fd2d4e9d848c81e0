#include "threads/bounded_queue.h"

#include <utility>

#include "security/clean_thread.h"

namespace async_com {

// A task while it has its turn. Its destructor gives the turn to the next task, whether or not the
// task has run.
class BoundedQueue::Turn final : public Task {
 public:
  Turn(std::shared_ptr<BoundedQueue> queue, std::unique_ptr<Task> task) noexcept
      : queue_(std::move(queue)), task_(std::move(task)) {}
  ~Turn() override {
    task_.reset();
    queue_->TurnEnded();
  }

  void Run() noexcept override { task_->Run(); }
  bool MayLeaveToken() const noexcept override { return task_->MayLeaveToken(); }
  void ThreadIsClean(ThreadCleaning&& cleaning) noexcept override {
    task_->ThreadIsClean(std::move(cleaning));
  }

 private:
  const std::shared_ptr<BoundedQueue> queue_;
  std::unique_ptr<Task> task_;
};

void BoundedQueue::Run(std::unique_ptr<Task> task) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ == most_running_) {
      waiting_.push_back(std::move(task));
      return;
    }
    ++running_;
  }
  std::unique_ptr<Turn> turn;
  try {
    turn = std::make_unique<Turn>(shared_from_this(), std::move(task));
  } catch (...) {
    TurnEnded();
    throw;
  }
  pool_.Run(std::move(turn));
}

void BoundedQueue::TurnEnded() noexcept {
  for (;;) {
    std::unique_ptr<Task> next;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) {
        --running_;
        return;
      }
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    std::unique_ptr<Turn> turn;
    try {
      turn = std::make_unique<Turn>(shared_from_this(), std::move(next));
    } catch (...) {
      // Out of memory. The task is destroyed, and the one after it gets the turn.
      continue;
    }
    try {
      pool_.Run(std::move(turn));
    } catch (...) {
      // No thread is available. Destroying the turn has ended it.
    }
    return;
  }
}

}  // namespace async_com
