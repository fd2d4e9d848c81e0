#pragma once

#include <windows.h>

#include <atomic>
#include <functional>

namespace async_com {

// Calls a function once, after some time, on a thread of the thread pool of Windows. The function
// must be short.
class PoolTimer {
 public:
  // Throws Win32Error.
  explicit PoolTimer(std::function<void()> over);
  PoolTimer(const PoolTimer&) = delete;
  PoolTimer& operator=(const PoolTimer&) = delete;
  // The function is not called after this, and is not running, unless it is what destroys the
  // timer.
  ~PoolTimer();

  void Start(DWORD milliseconds) noexcept;

 private:
  static void CALLBACK Over(PTP_CALLBACK_INSTANCE instance, void* timer, PTP_TIMER pool_timer);

  const std::function<void()> over_;
  std::atomic<DWORD> running_on_{0};  // the thread that runs the function
  PTP_TIMER timer_;
};

// Returns a time from now on, in the form that the thread pool's functions take.
FILETIME InMilliseconds(DWORD milliseconds) noexcept;

}  // namespace async_com
