#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "call/task.h"
#include "com/lock.h"

namespace async_com {

// The one way in to a thread that belongs to a call: tasks posted from the JavaScript thread run on
// the thread that serves the mailbox, in the order posted.
class Mailbox {
 public:
  // False, and the task destroyed unrun, once the owner has left.
  bool Post(std::unique_ptr<Task> task);

  // Runs tasks on the calling thread until one of them has called Leave. Tasks that were posted
  // behind that one are destroyed unrun.
  void Serve() noexcept;

  // Ends Serve after the running task.
  void Leave() noexcept;

 private:
  Lock mutex_;
  Condition posted_;
  std::vector<std::unique_ptr<Task>> tasks_;
  bool left_ = false;
};

}  // namespace async_com
