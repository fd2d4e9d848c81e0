#include "call/mailbox.h"

#include <utility>

namespace async_com {

bool Mailbox::Post(std::unique_ptr<Task> task) {
  {
    std::lock_guard lock(mutex_);
    if (left_) {
      return false;
    }
    tasks_.push_back(std::move(task));
  }
  posted_.notify_one();
  return true;
}

void Mailbox::Serve() noexcept {
  std::vector<std::unique_ptr<Task>> taken;
  std::unique_lock lock(mutex_);
  while (!left_) {
    posted_.wait(lock, [this] { return left_ || !tasks_.empty(); });
    taken.swap(tasks_);
    lock.unlock();
    for (auto& task : taken) {
      task->Run();
      task.reset();
      std::lock_guard look(mutex_);
      if (left_) {
        break;
      }
    }
    // Tasks behind the one that left: their destructors tell whoever waits for them.
    taken.clear();
    lock.lock();
  }
  taken.swap(tasks_);
  lock.unlock();
  taken.clear();
}

void Mailbox::Leave() noexcept {
  {
    std::lock_guard lock(mutex_);
    left_ = true;
  }
  posted_.notify_one();
}

}  // namespace async_com
