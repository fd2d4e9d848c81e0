#pragma once

#include <windows.h>

#include <atomic>

namespace async_com {

// The reference count of a COM object. It starts at one: the creator's reference.
class RefCount {
 public:
  RefCount() noexcept { objects_.fetch_add(1, std::memory_order_relaxed); }
  RefCount(const RefCount&) = delete;
  RefCount& operator=(const RefCount&) = delete;
  ~RefCount() { objects_.fetch_sub(1, std::memory_order_relaxed); }

  // How many COM objects of ours the process has.
  static int Objects() noexcept { return objects_.load(std::memory_order_relaxed); }

  ULONG Increment() noexcept { return count_.fetch_add(1, std::memory_order_relaxed) + 1; }

  ULONG Decrement() noexcept { return count_.fetch_sub(1, std::memory_order_acq_rel) - 1; }

  // For a registry that holds objects weakly: false when the last reference has gone already and
  // the object's destructor is about to leave the registry.
  bool IncrementUnlessZero() noexcept {
    ULONG count = count_.load(std::memory_order_relaxed);
    while (count != 0) {
      if (count_.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) {
        return true;
      }
    }
    return false;
  }

 private:
  inline static std::atomic<int> objects_{0};

  std::atomic<ULONG> count_{1};
};

}  // namespace async_com
