#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "com/lock.h"

namespace async_com {

// Bounds how many calls of one peer are in flight without a thread each. Further calls wait for
// their turn, in the order in which they came. Any thread may use it.
class InFlight : public std::enable_shared_from_this<InFlight> {
 public:
  // A call's place. It is given to the next call when the last reference is gone.
  using Place = std::shared_ptr<void>;
  // Must be short, and must not throw.
  using Admitted = std::function<void(Place)>;

  explicit InFlight(std::size_t most) noexcept : most_(most) {}
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

  // Calls `admitted` now, or on the thread that gives back a place. Throws std::bad_alloc.
  void Enter(Admitted admitted);

 private:
  Place MakePlace();
  void PlaceLeft() noexcept;

  const std::size_t most_;
  Lock mutex_;
  std::size_t taken_ = 0;
  std::deque<Admitted> waiting_;
};

}  // namespace async_com
