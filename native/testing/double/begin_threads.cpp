#include "testing/double/begin_threads.h"

#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "com/apartment.h"
#include "com/lock.h"

namespace async_com {

namespace {

thread_local bool ends = false;

struct Worker {
  Condition woken;
  std::function<void()> task;
};

struct Idle {
  Lock mutex;
  std::vector<std::shared_ptr<Worker>> workers;
};

// Never destroyed: the threads stay until the process ends.
Idle& IdleWorkers() {
  static Idle& idle = *new Idle;
  return idle;
}

void Work(const std::shared_ptr<Worker>& worker) {
  const MultithreadedApartment apartment;
  auto& idle = IdleWorkers();
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(idle.mutex);
      worker->woken.wait(lock, [&worker] { return worker->task != nullptr; });
      task.swap(worker->task);
    }
    task();
    task = nullptr;
    if (ends) {
      return;
    }
    const std::lock_guard lock(idle.mutex);
    idle.workers.push_back(worker);
  }
}

}  // namespace

void RunOnBeginThread(std::function<void()> task) {
  auto& idle = IdleWorkers();
  std::unique_lock lock(idle.mutex);
  if (!idle.workers.empty()) {
    const auto worker = std::move(idle.workers.back());
    idle.workers.pop_back();
    worker->task = std::move(task);
    worker->woken.notify_one();
    return;
  }
  lock.unlock();
  const auto worker = std::make_shared<Worker>();
  worker->task = std::move(task);
  std::thread([worker] { Work(worker); }).detach();
}

void EndThisBeginThread() noexcept { ends = true; }

}  // namespace async_com
