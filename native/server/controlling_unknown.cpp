#include "server/controlling_unknown.h"

#include <chrono>

#include "com/hresults.h"

namespace async_com {

HRESULT ControllingUnknown::QueryInterface(REFIID iid, void** object) noexcept {
  const HRESULT own = ComObject::QueryInterface(iid, object);
  return own == E_NOINTERFACE && inner_ != nullptr ? inner_->QueryInterface(iid, object) : own;
}

bool ControllingUnknown::WaitForTurn() noexcept {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return signalled_ || turn_; });
  return !signalled_;
}

void ControllingUnknown::GiveTurn() noexcept {
  {
    const std::lock_guard lock(mutex_);
    turn_ = true;
  }
  changed_.notify_all();
}

HRESULT ControllingUnknown::Wait(DWORD, DWORD milliseconds) noexcept {
  std::unique_lock lock(mutex_);
  const auto signalled = [this] { return signalled_; };
  if (milliseconds == INFINITE) {
    changed_.wait(lock, signalled);
    return S_OK;
  }
  return changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), signalled) ? S_OK
                                                                                     : kCallPending;
}

HRESULT ControllingUnknown::Signal() noexcept {
  if (security_ != nullptr) {
    security_->CallSignalled();
  }
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  // Notifies outside the lock, because the thread that wakes up takes the lock first. (The caller
  // holds a reference to this object.)
  changed_.notify_all();
  return S_OK;
}

HRESULT ControllingUnknown::Reset() noexcept {
  const std::lock_guard lock(mutex_);
  signalled_ = false;
  return S_OK;
}

}  // namespace async_com
