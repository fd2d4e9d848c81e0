#include "testing/double/observed.h"

#include <exception>
#include <mutex>
#include <utility>

#include "com/lock.h"

namespace async_com {

namespace {

Lock mutex;
Observed observed;

}  // namespace

Observed ObservedByDouble() {
  const std::lock_guard lock(mutex);
  return observed;
}

void Count(std::uint32_t Observed::*number, int change) noexcept {
  const std::lock_guard lock(mutex);
  observed.*number += static_cast<std::uint32_t>(change);
}

void Complain(std::string what) noexcept {
  try {
    const std::lock_guard lock(mutex);
    observed.complaints.push_back(std::move(what));
  } catch (...) {
    // Out of memory. A test that expects no complaint must not pass.
    std::terminate();
  }
}

}  // namespace async_com
