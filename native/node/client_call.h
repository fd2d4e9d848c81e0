#pragma once

#include <napi.h>

#include <memory>

#include "client/client_call.h"
#include "node/outcome.h"

namespace async_com {

class BoundedQueue;

// The class that JavaScript sees for a ClientCall: `begin(method, args)`, `wait(ms)`, `finish()`,
// `cancel(seconds)`, `release()`. Each step returns a promise of an Outcome. `release()` returns
// nothing.
class NodeClientCall final : public Napi::ObjectWrap<NodeClientCall> {
 public:
  static Napi::Function Define(Napi::Env env);
  static Napi::Object New(Napi::Env env, std::shared_ptr<ClientCall> call);

  explicit NodeClientCall(const Napi::CallbackInfo& info);

 private:
  Napi::Value Begin(const Napi::CallbackInfo& info);
  Napi::Value Wait(const Napi::CallbackInfo& info);
  Napi::Value Finish(const Napi::CallbackInfo& info);
  Napi::Value Cancel(const Napi::CallbackInfo& info);
  Napi::Value TestCancel(const Napi::CallbackInfo& info);
  void Release(const Napi::CallbackInfo& info);

  // Runs `body(call)`, which returns an Outcome, on a thread of the queue.
  template <typename Body>
  Napi::Value RunOnQueue(Napi::Env env, BoundedQueue& queue, const char* operation, Body body);

  std::shared_ptr<ClientCall> call_;
};

// Makes the outcome of a call to a peer. Its value is { value } or, if the handler failed,
// { handlerError }.
Outcome OutcomeOfCall(CallResult ended, const char* operation, std::shared_ptr<Peer> peer);

}  // namespace async_com
