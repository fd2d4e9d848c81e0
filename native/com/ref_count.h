#pragma once

#include <windows.h>

#include <atomic>

namespace async_com {

// The reference count of a COM object. It starts at one, for the creator's reference.
class RefCount {
 public:
  RefCount() noexcept { objects_.fetch_add(1, std::memory_order_relaxed); }
  RefCount(const RefCount&) = delete;
  RefCount& operator=(const RefCount&) = delete;
  ~RefCount() { objects_.fetch_sub(1, std::memory_order_relaxed); }

  // Returns how many COM objects of async-com exist in the process.
  static int Objects() noexcept { return objects_.load(std::memory_order_relaxed); }

  ULONG Increment() noexcept { return count_.fetch_add(1, std::memory_order_relaxed) + 1; }

  ULONG Decrement() noexcept { return count_.fetch_sub(1, std::memory_order_acq_rel) - 1; }

  // For a list that holds objects weakly. Returns false if the last reference has already been
  // released. The object's destructor then removes the object from the list.
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
