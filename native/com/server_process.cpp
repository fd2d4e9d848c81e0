#include "com/server_process.h"

#include <objbase.h>

#include <utility>

namespace async_com {

// COM is told outside the lock: at its own count of 0 it suspends the class objects. It is told of
// a use before we count it, and of the end of one after: its count never is 0 while ours is not.

ServerProcess& ServerProcess::OfProcess() {
  static auto& process = *new ServerProcess;
  return process;
}

void ServerProcess::Open() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(open_, true)) {
      return;
    }
    grace_ = true;
    ++count_;
  }
  CoAddRefServerProcess();
}

bool ServerProcess::Enter() noexcept {
  CoAddRefServerProcess();
  bool taken = false;
  bool grace = false;
  {
    const std::lock_guard lock(mutex_);
    taken = open_;
    if (taken) {
      grace = std::exchange(grace_, false);
      count_ += grace ? 0 : 1;
    }
  }
  if (!taken || grace) {
    CoReleaseServerProcess();
  }
  return taken;
}

bool ServerProcess::Leave() noexcept {
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    last = --count_ == 0;
  }
  CoReleaseServerProcess();
  return last;
}

bool ServerProcess::EndGrace() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(grace_, false)) {
      return false;
    }
  }
  return Leave();
}

bool ServerProcess::CloseIfUnused() noexcept {
  const std::lock_guard lock(mutex_);
  if (count_ != 0) {
    return false;
  }
  open_ = false;
  return true;
}

}  // namespace async_com
