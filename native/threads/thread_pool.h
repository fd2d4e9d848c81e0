#pragma once

#include <windows.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "threads/task.h"

namespace async_com {

// Threads in the process's multithreaded apartment, started when needed and kept a while when idle.
// The idle thread that worked last works next. Pools live as long as the process: a thread may be
// inside COM when an environment, or the process, ends.
//
// No thread goes back to its pool with an impersonation token on it: it is looked at after each
// task that may leave one. If a token cannot be taken off, the process ends (clean_thread).
class ThreadPool {
 public:
  // Also how many calls may be in progress in a process: COM's own pool of threads for incoming
  // calls is bounded on some hosts (500 for both directions on Wine 8.0), and calls that are held
  // must leave room in it for the calls that will let them go.
  static constexpr std::size_t kMostBeginThreads = 400;

  explicit ThreadPool(std::size_t most_threads);

  // Begin_ threads: lent to calls that came over the bridge and need one.
  static ThreadPool& Begin();
  // ISynchronize::Signal for calls whose Begin_ has returned. Apart from the others, so that a
  // reply never waits behind work that may itself be waiting for a reply.
  static ThreadPool& Completion();
  // Outgoing calls, each blocked until its reply.
  static ThreadPool& Client();
  // Telling servers of cancellations. Apart from the calls that wait for what is cancelled.
  static ThreadPool& Canceller();
  // Registration, account look-ups, releases.
  static ThreadPool& Worker();
  // Threads that a handler opened beside Begin_'s.
  static ThreadPool& Helper();

  // Runs the task at once, or not at all: false when every thread is busy, and the caller still has
  // the task. Throws std::system_error when no thread can be started.
  [[nodiscard]] bool TryRun(std::unique_ptr<Task>& task);

  // Runs the task as soon as a thread is free. Throws std::system_error when there is none and none
  // can be started.
  void Run(std::unique_ptr<Task> task);

  // Waits until no task is running or waiting. False at the deadline.
  bool WaitUntilIdle(DWORD milliseconds);

 private:
  struct Seat;

  // Under the lock: takes the task where a thread is idle or can be started.
  void GiveToThread(std::unique_ptr<Task>& task);
  void Work(Task* first) noexcept;
  std::unique_ptr<Task> AwaitTask(Seat& seat);

  const std::size_t most_threads_;
  Lock mutex_;
  Condition became_idle_;
  std::size_t threads_ = 0;
  std::vector<Seat*> idle_;
  std::deque<std::unique_ptr<Task>> waiting_;
};

}  // namespace async_com
