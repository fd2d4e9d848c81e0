#pragma once

#include <windows.h>

#include <chrono>
#include <mutex>

namespace async_com {

// A slim lock and a condition variable of Windows, for use with the standard guards. Unlike some
// implementations of std::mutex and std::condition_variable they hold no kernel handles. This
// matters because JavaScript may keep a call, and its mailbox, long after the call is over.
class Lock {
 public:
  Lock() = default;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  void lock() noexcept { AcquireSRWLockExclusive(&lock_); }
  void unlock() noexcept { ReleaseSRWLockExclusive(&lock_); }

 private:
  friend class Condition;

  SRWLOCK lock_ = SRWLOCK_INIT;
};

class Condition {
 public:
  Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  void notify_one() noexcept { WakeConditionVariable(&condition_); }
  void notify_all() noexcept { WakeAllConditionVariable(&condition_); }

  template <typename Predicate>
  void wait(std::unique_lock<Lock>& lock, Predicate predicate) {
    while (!predicate()) {
      SleepConditionVariableSRW(&condition_, &lock.mutex()->lock_, INFINITE, 0);
    }
  }

  // Returns false if the predicate is still false after that time.
  template <typename Predicate>
  bool wait_for(std::unique_lock<Lock>& lock, std::chrono::milliseconds time, Predicate predicate) {
    const ULONGLONG deadline = GetTickCount64() + static_cast<ULONGLONG>(time.count());
    while (!predicate()) {
      const ULONGLONG now = GetTickCount64();
      if (now >= deadline) {
        return false;
      }
      SleepConditionVariableSRW(&condition_, &lock.mutex()->lock_,
                                static_cast<DWORD>(deadline - now), 0);
    }
    return true;
  }

 private:
  CONDITION_VARIABLE condition_ = CONDITION_VARIABLE_INIT;
};

}  // namespace async_com
