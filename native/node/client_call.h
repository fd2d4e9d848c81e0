#pragma once

#include <napi.h>

#include <functional>
#include <memory>

#include "call/call_object.h"
#include "node/outcome.h"

namespace async_com {

class ThreadPool;

// A CallObject as JavaScript has it: `begin(method, args)`, `wait(ms)`, `finish()`,
// `cancel(seconds)`, `release()`. Each step promises an Outcome.
class NodeClientCall final : public Napi::ObjectWrap<NodeClientCall> {
 public:
  static Napi::Function Define(Napi::Env env);
  static Napi::Object New(Napi::Env env, std::shared_ptr<CallObject> call);

  explicit NodeClientCall(const Napi::CallbackInfo& info);

 private:
  using Step = std::function<Outcome(CallObject&)>;

  Napi::Value Begin(const Napi::CallbackInfo& info);
  Napi::Value Wait(const Napi::CallbackInfo& info);
  Napi::Value Finish(const Napi::CallbackInfo& info);
  Napi::Value Cancel(const Napi::CallbackInfo& info);
  void Release(const Napi::CallbackInfo& info);

  Napi::Value OnThreadOf(ThreadPool& pool, Napi::Env env, Step step);

  std::shared_ptr<CallObject> call_;
};

// { handlerError, value }: the value, or why the handler failed.
Napi::Value CallResultToJs(Napi::Env env, CallResult& result);

}  // namespace async_com
