#pragma once

#include <napi.h>

#include <memory>
#include <utility>

#include "node/addon_data.h"
#include "node/js_queue.h"
#include "node/outcome.h"
#include "threads/thread_pool.h"

namespace async_com {

// A promise that another thread will settle. It always resolves, with an Outcome: what counts as a
// failure the caller decides. One that is destroyed unsettled resolves as a step that never ran,
// since the thread that it was meant for was no longer there.
class Promised {
 public:
  // JavaScript thread.
  static Promised Create(Napi::Env env);

  Promised(Promised&&) noexcept;
  Promised& operator=(Promised&&) = delete;
  Promised(const Promised&) = delete;
  Promised& operator=(const Promised&) = delete;
  ~Promised();

  Napi::Promise Promise() const;

  // Any thread, once.
  void Settle(Outcome outcome) noexcept;

 private:
  class Settlement;

  Promised(std::shared_ptr<JsQueue> queue, std::unique_ptr<Settlement> settlement);

  std::shared_ptr<JsQueue> queue_;
  std::unique_ptr<Settlement> settlement_;
};

// A promise that has its outcome already.
Napi::Promise Settled(Napi::Env env, Outcome outcome);

// The task that runs `body` (see OutcomeOf) and settles a promise with what comes of it.
template <typename Body>
std::unique_ptr<Task> PromisedTask(const char* operation, Promised promised, Body body) {
  return MakeTask([operation, promised = std::move(promised), body = std::move(body)]() mutable {
    promised.Settle(OutcomeOf(operation, body));
  });
}

// Runs `body` on a pool and promises its outcome.
template <typename Body>
Napi::Promise RunOnPool(Napi::Env env, ThreadPool& pool, const char* operation, Body body) {
  Promised promised = Promised::Create(env);
  const Napi::Promise promise = promised.Promise();
  pool.Run(PromisedTask(operation, std::move(promised), std::move(body)));
  return promise;
}

}  // namespace async_com
