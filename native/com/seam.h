#pragma once

#include <atomic>
#include <utility>

namespace async_com {

template <typename Signature>
class Seam;

// A function of the product that the test addon (native/testing) may replace before it is first
// called. The released addon has no code that replaces it. There it is always the function that the
// constructor was given.
template <typename Result, typename... Arguments>
class Seam<Result(Arguments...)> {
 public:
  using Function = Result (*)(Arguments...);

  constexpr explicit Seam(Function real) noexcept : function_(real) {}
  Seam(const Seam&) = delete;
  Seam& operator=(const Seam&) = delete;

  Result operator()(Arguments... arguments) const {
    return function_.load(std::memory_order_acquire)(std::forward<Arguments>(arguments)...);
  }

  // Returns the previous function.
  Function Replace(Function other) noexcept { return function_.exchange(other); }

 private:
  std::atomic<Function> function_;
};

}  // namespace async_com
