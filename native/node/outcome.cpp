#include "node/outcome.h"

#include <utility>

#include "com/hresult_names.h"

namespace async_com {

Napi::Object OutcomeToJs(Napi::Env env, Outcome outcome) {
  auto object = Napi::Object::New(env);
  object.Set("hresult", HResultToJs(env, outcome.hresult));
  object.Set("code", Napi::String::New(env, HResultName(outcome.hresult)));
  object.Set("operation",
             outcome.operation == nullptr ? env.Null() : Napi::String::New(env, outcome.operation));
  object.Set("threadId", Napi::Number::New(env, outcome.thread_id));
  object.Set("time", Napi::BigInt::New(env, outcome.time));
  if (outcome.value) {
    object.Set("value", outcome.value(env));
  }
  return object;
}

Outcome Outcome::Here(HRESULT result, const char* its_operation) {
  LARGE_INTEGER now{};
  QueryPerformanceCounter(&now);
  Outcome outcome;
  outcome.hresult = result;
  outcome.operation = its_operation;
  outcome.thread_id = GetCurrentThreadId();
  outcome.time = now.QuadPart;
  return outcome;
}

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
      // A value that JavaScript cannot hold.
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

Promised Promised::Create(Napi::Env env, std::shared_ptr<JsQueue> queue) {
  auto settlement = std::make_unique<Settlement>(env, queue);
  return Promised(std::move(queue), std::move(settlement));
}

Promised::~Promised() {
  if (settlement_ != nullptr) {
    Settle(Outcome::Here(RPC_E_CALL_COMPLETE, nullptr));
  }
}

Napi::Promise Promised::Promise() const { return settlement_->Promise(); }

void Promised::Settle(Outcome outcome) noexcept {
  settlement_->Is(std::move(outcome));
  queue_->Post(std::move(settlement_));
}

}  // namespace async_com
