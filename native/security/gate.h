#pragma once

#include <mutex>

#include "com/lock.h"

namespace async_com {

// Lets threads in until it is closed. When Close returns, no thread is inside, and no thread can
// enter again. Any thread may use it.
class Gate {
 public:
  // Keeps its owner inside the gate while it lives. It is false if the gate was closed before.
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

  // Waits for the threads that are inside. Must not be called by a thread that is inside.
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
    // The lock is held to the end, because the thread that closes the gate may destroy it as soon
    // as no thread is inside.
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
