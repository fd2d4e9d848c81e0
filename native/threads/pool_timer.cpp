#include "threads/pool_timer.h"

#include <cstdint>
#include <utility>

#include "com/win32_error.h"

namespace async_com {

FILETIME InMilliseconds(DWORD milliseconds) noexcept {
  // In units of 100 ns. Negative, because it counts from now.
  constexpr std::int64_t kUnits = 10'000;
  const auto due = static_cast<std::uint64_t>(-kUnits * static_cast<std::int64_t>(milliseconds));
  return {static_cast<DWORD>(due), static_cast<DWORD>(due >> 32)};
}

PoolTimer::PoolTimer(std::function<void()> over)
    : over_(std::move(over)), timer_(CreateThreadpoolTimer(Over, this, nullptr)) {
  if (timer_ == nullptr) {
    ThrowLastError("CreateThreadpoolTimer");
  }
}

PoolTimer::~PoolTimer() {
  if (running_on_ != GetCurrentThreadId()) {
    SetThreadpoolTimer(timer_, nullptr, 0, 0);
    WaitForThreadpoolTimerCallbacks(timer_, TRUE);
  }
  CloseThreadpoolTimer(timer_);
}

void PoolTimer::Start(DWORD milliseconds) noexcept {
  FILETIME due = InMilliseconds(milliseconds);
  SetThreadpoolTimer(timer_, &due, 0, 0);
}

void CALLBACK PoolTimer::Over(PTP_CALLBACK_INSTANCE, void* timer, PTP_TIMER) {
  auto& self = *static_cast<PoolTimer*>(timer);
  self.running_on_ = GetCurrentThreadId();
  // A copy, because the function may destroy the timer.
  const auto over = self.over_;
  over();
}

}  // namespace async_com
