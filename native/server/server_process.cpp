#include "server/server_process.h"

#include <objbase.h>

#include <utility>

namespace async_com {

// COM's functions are called outside the lock, because COM suspends the class objects when its
// count becomes 0. COM's count goes up before this one and down after it, so it is never 0 while
// this one is not.

ServerProcess& ServerProcess::OfProcess() {
  static auto& process = *new ServerProcess;
  return process;
}

void ServerProcess::Open() noexcept {
  {
    const std::lock_guard lock(mutex_);
    open_ = true;
    if (std::exchange(welcoming_, true)) {
      return;
    }
  }
  CoAddRefServerProcess();
}

bool ServerProcess::Enter() noexcept {
  CoAddRefServerProcess();
  {
    const std::lock_guard lock(mutex_);
    if (open_) {
      ++in_use_;
      return true;
    }
  }
  CoReleaseServerProcess();
  return false;
}

bool ServerProcess::Leave() noexcept {
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    last = --in_use_ == 0;
  }
  CoReleaseServerProcess();
  return last;
}

bool ServerProcess::SuspendIfUnused() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (in_use_ != 0) {
      return false;
    }
    if (!std::exchange(welcoming_, false)) {
      return true;
    }
  }
  CoReleaseServerProcess();
  return true;
}

bool ServerProcess::CloseIfUnused() noexcept {
  const std::lock_guard lock(mutex_);
  if (in_use_ != 0) {
    return false;
  }
  open_ = false;
  return true;
}

}  // namespace async_com
