#pragma once

#include <atomic>
#include <utility>

namespace async_com {

template <typename Signature>
class Seam;

// A function of the product that the test addon may replace (native/testing), before it is first
// called. The released addon has nothing that does so: there it is the function it was made with.
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

  // Gives the function that was there.
  Function Replace(Function other) noexcept { return function_.exchange(other); }

 private:
  std::atomic<Function> function_;
};

}  // namespace async_com
