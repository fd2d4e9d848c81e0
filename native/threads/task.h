#pragma once

#include <memory>
#include <utility>

namespace async_com {

struct ThreadCleaning;

// Work for another thread. A task that never runs is destroyed; whoever could not hand it over
// still has it, and is told so.
class Task {
 public:
  virtual ~Task() = default;
  virtual void Run() noexcept = 0;

  // Whether the task may leave a token on its thread. A pool looks at the thread after a task that
  // may.
  virtual bool MayLeaveToken() const noexcept { return true; }

  // After Run, on a thread of a pool, with what the pool found on the thread. From here on, the
  // destructor included, the thread stays as it is.
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
