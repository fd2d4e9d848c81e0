#include "client/in_flight.h"

#include <utility>

namespace async_com {

InFlight::Place InFlight::MakePlace() {
  // If there is no memory, shared_ptr calls the deleter.
  return {this, [self = shared_from_this()](InFlight*) { self->PlaceLeft(); }};
}

void InFlight::Enter(Admitted admitted) {
  {
    const std::lock_guard lock(mutex_);
    if (taken_ == most_) {
      waiting_.push_back(std::move(admitted));
      return;
    }
    ++taken_;
  }
  admitted(MakePlace());
}

void InFlight::PlaceLeft() noexcept {
  Admitted next;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      --taken_;
      return;
    }
    next = std::move(waiting_.front());
    waiting_.pop_front();
  }
  try {
    next(MakePlace());
  } catch (...) {
    // Out of memory. The deleter has given the place to the one after it.
  }
}

}  // namespace async_com
