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

// Threads in the process's multithreaded apartment. A pool starts a thread when it needs one, and
// keeps an idle thread for a while. The thread that became idle last gets the next task. Pools live
// as long as the process, because a thread may be inside COM when an environment, or the process,
// ends. Any thread may use a pool.
//
// No thread goes back to its pool with an impersonation token on it: the pool checks the thread
// after each task that may leave one. If a token cannot be removed, the process ends
// (clean_thread).
class ThreadPool {
 public:
  // This is also how many calls may be in progress in a process. COM's own pool of threads for
  // calls is bounded on some hosts (500 for both directions on Wine 8.0), and held calls must leave
  // room in it for the calls that will let them end.
  static constexpr std::size_t kMostBeginThreads = 400;

  explicit ThreadPool(std::size_t most_threads);

  // Begin_ threads. They are lent to calls that came over the bridge and need one.
  static ThreadPool& Begin();
  // Threads that call ISynchronize::Signal for calls whose Begin_ has returned, or if the caller
  // asks for one. They are apart from the others, so that a reply never waits behind work that may
  // itself be waiting for a reply.
  static ThreadPool& Completion();
  // Threads for outgoing calls. Each is blocked until its reply. The queues of client/peer.h bound
  // how many threads one process can hold.
  static ThreadPool& Client();
  // Threads for what is short unless another process hangs: releasing its objects, and telling it
  // of cancellations. The queues of client/peer.h bound how many threads one process can hold.
  static ThreadPool& Errand();
  // Threads for registration and account look-ups. Nothing here waits for another process of a
  // client or a server.
  static ThreadPool& Worker();
  // Threads that handlers open beside Begin_'s thread.
  static ThreadPool& Helper();

  // Runs the task at once, or not at all. Returns false if every thread is busy. The caller then
  // still has the task. Throws std::system_error if no thread can be started.
  [[nodiscard]] bool TryRun(std::unique_ptr<Task>& task);

  // Runs the task as soon as a thread is free. Throws std::system_error if the pool has no thread
  // and none can be started.
  void Run(std::unique_ptr<Task> task);

  // Waits until no task is running or waiting. Returns false if the time is over first.
  bool WaitUntilIdle(DWORD milliseconds);

 private:
  struct Seat;

  // Called under the lock. Takes the task if a thread is idle or can be started.
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
