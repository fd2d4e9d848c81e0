#pragma once

#include <memory>
#include <utility>

namespace async_com {

struct ThreadCleaning;

// Work handed to another thread. It is destroyed without having run when that thread takes no more
// work, so whoever waits for it is told by its destructor.
class Task {
 public:
  virtual ~Task() = default;
  virtual void Run() noexcept = 0;
  // After Run, on a pool's thread: what the pool found on it. From here on, the destructor
  // included, the thread stays as it is.
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
