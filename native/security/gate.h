#pragma once

#include <atomic>
#include <cstdint>

namespace async_com {

// Lets work in until it is closed. When Close returns nobody is inside and nobody will be again.
class Gate {
 public:
  // The time inside the gate of whoever constructs it. False when the gate was closed.
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

  // Waits for those inside. Not to be called from inside.
  void Close() noexcept {
    std::uint32_t state = state_.fetch_or(kClosed) | kClosed;
    while (state != kClosed) {
      state_.wait(state);
      state = state_.load();
    }
  }

  bool IsClosed() const noexcept { return (state_.load() & kClosed) != 0; }

 private:
  // The highest bit says closed; the others count those inside.
  static constexpr std::uint32_t kClosed = 0x80000000;

  bool TryEnter() noexcept {
    std::uint32_t state = state_.load();
    while ((state & kClosed) == 0) {
      if (state_.compare_exchange_weak(state, state + 1)) {
        return true;
      }
    }
    return false;
  }

  void Leave() noexcept {
    if (state_.fetch_sub(1) - 1 == kClosed) {
      state_.notify_all();
    }
  }

  std::atomic<std::uint32_t> state_{0};
};

}  // namespace async_com
