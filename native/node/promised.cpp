#include "node/promised.h"

#include <exception>

namespace async_com {

class Promised::Settlement final : public JsTask {
 public:
  Settlement(Napi::Env env, std::shared_ptr<JsQueue> queue)
      : deferred_(Napi::Promise::Deferred::New(env)), queue_(std::move(queue)) {
    queue_->Hold();
  }

  Napi::Promise Promise() const { return deferred_.Promise(); }
  void Is(Outcome outcome) { outcome_ = std::move(outcome); }

  void Run(Napi::Env env) override {
    queue_->LetGo();
    try {
      deferred_.Resolve(OutcomeToJs(env, std::move(outcome_)));
    } catch (const Napi::Error& error) {
      // JavaScript cannot hold the value.
      deferred_.Reject(error.Value());
    } catch (const std::exception& error) {
      deferred_.Reject(Napi::TypeError::New(env, error.what()).Value());
    }
  }

 private:
  const Napi::Promise::Deferred deferred_;
  const std::shared_ptr<JsQueue> queue_;
  Outcome outcome_;
};

Promised::Promised(std::shared_ptr<JsQueue> queue, std::unique_ptr<Settlement> settlement)
    : queue_(std::move(queue)), settlement_(std::move(settlement)) {}

Promised::Promised(Promised&&) noexcept = default;

Promised Promised::Create(Napi::Env env) {
  auto queue = AddonData::Of(env).queue;
  auto settlement = std::make_unique<Settlement>(env, queue);
  return Promised(std::move(queue), std::move(settlement));
}

Promised::~Promised() {
  if (settlement_ != nullptr) {
    Settle(Outcome::NotRun(RPC_E_CALL_COMPLETE));
  }
}

Napi::Promise Promised::Promise() const { return settlement_->Promise(); }

void Promised::Settle(Outcome outcome) noexcept {
  settlement_->Is(std::move(outcome));
  std::unique_ptr<JsTask> task = std::move(settlement_);
  // If the environment is ending, nobody waits for the promise any more.
  static_cast<void>(queue_->Post(task));
}

Napi::Promise Settled(Napi::Env env, Outcome outcome) {
  Promised promised = Promised::Create(env);
  const Napi::Promise promise = promised.Promise();
  promised.Settle(std::move(outcome));
  return promise;
}

}  // namespace async_com
