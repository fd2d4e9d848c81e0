#pragma once

#include <mutex>

#include "com/lock.h"

namespace async_com {

// Lets threads in until it is closed. When Close returns nobody is inside, and nobody can get in
// again.
class Gate {
 public:
  // The time that its owner spends inside the gate. False when the gate was closed.
  class Entry {
   public:
    explicit Entry(Gate& gate) noexcept : gate_(gate.TryEnter() ? &gate : nullptr) {}
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry() {
      if (gate_ != nullptr) {
        gate_->Leave();
      }
    }
    explicit operator bool() const noexcept { return gate_ != nullptr; }

   private:
    Gate* gate_;
  };

  Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Waits for those inside. Not to be called from inside.
  void Close() noexcept {
    std::unique_lock lock(mutex_);
    closed_ = true;
    left_.wait(lock, [this] { return inside_ == 0; });
  }

 private:
  bool TryEnter() noexcept {
    const std::lock_guard lock(mutex_);
    if (closed_) {
      return false;
    }
    ++inside_;
    return true;
  }

  void Leave() noexcept {
    // Under the lock to its end: whoever closes the gate may destroy it as soon as it is empty.
    const std::lock_guard lock(mutex_);
    --inside_;
    if (closed_ && inside_ == 0) {
      left_.notify_all();
    }
  }

  Lock mutex_;
  Condition left_;
  bool closed_ = false;
  unsigned inside_ = 0;
};

}  // namespace async_com
