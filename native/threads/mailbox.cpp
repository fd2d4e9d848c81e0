#include "threads/mailbox.h"

#include <utility>

namespace async_com {

bool Mailbox::Post(std::unique_ptr<Task>& task) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) {
      return false;
    }
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void Mailbox::Close() noexcept {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

bool Mailbox::IsClosed() noexcept {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void Mailbox::Serve() noexcept {
  std::vector<std::unique_ptr<Task>> taken;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) {
        return;
      }
      taken.swap(tasks_);
    }
    for (auto& task : taken) {
      task->Run();
      task.reset();
    }
    taken.clear();
  }
}

std::vector<std::unique_ptr<Task>> Mailbox::CloseAndTake() noexcept {
  std::vector<std::unique_ptr<Task>> taken;
  const std::lock_guard lock(mutex_);
  closed_ = true;
  taken.swap(tasks_);
  return taken;
}

}  // namespace async_com
