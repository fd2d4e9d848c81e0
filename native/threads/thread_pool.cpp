#include "threads/thread_pool.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "com/apartment.h"
#include "security/clean_thread.h"

namespace async_com {

namespace {

// How long an idle thread is kept: long enough that a busy server keeps its threads, short enough
// that the threads of a burst soon end.
constexpr auto kIdleTime = std::chrono::seconds(30);

constexpr std::size_t kMostCompletionThreads = 4;
// The queues of client/peer.h have the lower bounds.
constexpr std::size_t kMostClientThreads = 4096;
constexpr std::size_t kMostErrandThreads = 1024;
constexpr std::size_t kMostWorkerThreads = 8;
constexpr std::size_t kMostHelperThreads = 64;

// The pool of the calling thread, while the thread has ended a task and will take another one at
// once. Null otherwise.
thread_local const ThreadPool* will_take_task = nullptr;

}  // namespace

// What an idle thread waits on for its next task.
struct ThreadPool::Seat {
  Condition called;
  std::unique_ptr<Task> task;
};

// The pools are never destroyed, because their threads outlive static destruction at process exit.
ThreadPool& ThreadPool::Begin() {
  static auto& pool = *new ThreadPool(kMostBeginThreads);
  return pool;
}

ThreadPool& ThreadPool::Completion() {
  static auto& pool = *new ThreadPool(kMostCompletionThreads);
  return pool;
}

ThreadPool& ThreadPool::Client() {
  static auto& pool = *new ThreadPool(kMostClientThreads);
  return pool;
}

ThreadPool& ThreadPool::Errand() {
  static auto& pool = *new ThreadPool(kMostErrandThreads);
  return pool;
}

ThreadPool& ThreadPool::Worker() {
  static auto& pool = *new ThreadPool(kMostWorkerThreads);
  return pool;
}

ThreadPool& ThreadPool::Helper() {
  static auto& pool = *new ThreadPool(kMostHelperThreads);
  return pool;
}

ThreadPool::ThreadPool(std::size_t most_threads) : most_threads_(most_threads) {
  // With the memory reserved here, adding an idle thread cannot fail.
  idle_.reserve(most_threads);
}

bool ThreadPool::TryRun(std::unique_ptr<Task>& task) {
  const std::lock_guard lock(mutex_);
  GiveToThread(task);
  return task == nullptr;
}

void ThreadPool::Run(std::unique_ptr<Task> task) {
  const std::lock_guard lock(mutex_);
  if (will_take_task == this) {
    waiting_.push_back(std::move(task));
    will_take_task = nullptr;
    return;
  }
  try {
    GiveToThread(task);
  } catch (const std::system_error&) {
    if (threads_ == 0) {
      throw;
    }
  }
  if (task != nullptr) {
    waiting_.push_back(std::move(task));
  }
}

bool ThreadPool::WaitUntilIdle(DWORD milliseconds) {
  std::unique_lock lock(mutex_);
  return became_idle_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                               [this] { return idle_.size() == threads_; });
}

void ThreadPool::GiveToThread(std::unique_ptr<Task>& task) {
  if (!idle_.empty()) {
    Seat* seat = idle_.back();
    idle_.pop_back();
    seat->task = std::move(task);
    seat->called.notify_one();
  } else if (threads_ < most_threads_) {
    std::thread([this, first = task.get()] { Work(first); }).detach();
    std::ignore = task.release();
    ++threads_;
  }
}

void ThreadPool::Work(Task* first) noexcept {
  std::unique_ptr<Task> task(first);
  MultithreadedApartment apartment;
  Seat seat;
  while (task != nullptr) {
    task->Run();
    if (task->MayLeaveToken()) {
      task->ThreadIsClean(clean_thread());
    }
    // The end of a task may hand over the next one (BoundedQueue). That needs no other thread.
    will_take_task = this;
    task.reset();
    will_take_task = nullptr;
    task = AwaitTask(seat);
  }
}

std::unique_ptr<Task> ThreadPool::AwaitTask(Seat& seat) {
  std::unique_lock lock(mutex_);
  if (!waiting_.empty()) {
    auto task = std::move(waiting_.front());
    waiting_.pop_front();
    return task;
  }
  idle_.push_back(&seat);
  became_idle_.notify_all();
  if (!seat.called.wait_for(lock, kIdleTime, [&seat] { return seat.task != nullptr; })) {
    idle_.erase(std::find(idle_.begin(), idle_.end(), &seat));
    --threads_;
  }
  return std::move(seat.task);
}

}  // namespace async_com
