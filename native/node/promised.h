#pragma once

#include <napi.h>

#include <memory>
#include <utility>

#include "node/addon_data.h"
#include "node/js_queue.h"
#include "node/outcome.h"
#include "threads/thread_pool.h"

namespace async_com {

// A promise that another thread will settle with an Outcome. It resolves for a failure as well: the
// caller decides what counts as a failure. It rejects only if JavaScript cannot hold the outcome's
// value. If it is destroyed unsettled, it resolves as a step that never ran, because the thread
// that was to settle it no longer exists.
class Promised {
 public:
  // Must be called on the JavaScript thread.
  static Promised Create(Napi::Env env);

  Promised(Promised&&) noexcept;
  Promised& operator=(Promised&&) = delete;
  Promised(const Promised&) = delete;
  Promised& operator=(const Promised&) = delete;
  ~Promised();

  Napi::Promise Promise() const;

  // Any thread may call it, once.
  void Settle(Outcome outcome) noexcept;

 private:
  class Settlement;

  Promised(std::shared_ptr<JsQueue> queue, std::unique_ptr<Settlement> settlement);

  std::shared_ptr<JsQueue> queue_;
  std::unique_ptr<Settlement> settlement_;
};

// Returns a promise that already has its outcome.
Napi::Promise Settled(Napi::Env env, Outcome outcome);

// Makes the task that runs `body` (see OutcomeOf) and settles a promise with the outcome.
template <typename Body>
std::unique_ptr<Task> PromisedTask(const char* operation, Promised promised, Body body) {
  return MakeTask([operation, promised = std::move(promised), body = std::move(body)]() mutable {
    promised.Settle(OutcomeOf(operation, body));
  });
}

// Runs `body` on a thread of a ThreadPool or a BoundedQueue, and returns a promise of its outcome.
template <typename Pool, typename Body>
Napi::Promise RunOnPool(Napi::Env env, Pool& pool, const char* operation, Body body) {
  Promised promised = Promised::Create(env);
  const Napi::Promise promise = promised.Promise();
  pool.Run(PromisedTask(operation, std::move(promised), std::move(body)));
  return promise;
}

}  // namespace async_com
