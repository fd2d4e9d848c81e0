#pragma once

#include <memory>
#include <utility>

namespace async_com {

struct ThreadCleaning;

// Work for another thread. A task that never runs is destroyed. A function that cannot hand over a
// task says so, and its caller still has the task.
class Task {
 public:
  virtual ~Task() = default;
  virtual void Run() noexcept = 0;

  // Returns whether the task may leave a token on its thread. A pool checks the thread after such a
  // task.
  virtual bool MayLeaveToken() const noexcept { return true; }

  // Called after Run on a pool thread, if MayLeaveToken returned true, with what the pool found on
  // the thread. Neither this function nor the destructor may change the thread any more.
  virtual void ThreadIsClean(ThreadCleaning&&) noexcept {}
};

template <typename Body>
std::unique_ptr<Task> MakeTask(Body body) {
  class BodyTask final : public Task {
   public:
    explicit BodyTask(Body its_body) : body_(std::move(its_body)) {}
    void Run() noexcept override { body_(); }

   private:
    Body body_;
  };
  return std::make_unique<BodyTask>(std::move(body));
}

}  // namespace async_com
