#pragma once

#include <napi.h>

#include <memory>

#include "call/call.h"

namespace async_com {

// A call in progress as JavaScript has it. lib/native.ts declares what it offers.
class NodeCall final : public Napi::ObjectWrap<NodeCall> {
 public:
  static Napi::Function Define(Napi::Env env);
  static Napi::Object New(Napi::Env env, std::shared_ptr<Call> call);

  explicit NodeCall(const Napi::CallbackInfo& info);

 private:
  Napi::Value Id(const Napi::CallbackInfo& info);
  Napi::Value Path(const Napi::CallbackInfo& info);
  Napi::Value ThreadId(const Napi::CallbackInfo& info);
  Napi::Value RpcThreadId(const Napi::CallbackInfo& info);
  Napi::Value Cancelled(const Napi::CallbackInfo& info);

  Napi::Value Step(const Napi::CallbackInfo& info);
  Napi::Value OpenThread(const Napi::CallbackInfo& info);
  Napi::Value Signal(const Napi::CallbackInfo& info);
  Napi::Value BeginReturned(const Napi::CallbackInfo& info);
  void StageValue(const Napi::CallbackInfo& info);
  void Complete(const Napi::CallbackInfo& info);
  void Fail(const Napi::CallbackInfo& info);
  void End(const Napi::CallbackInfo& info);
  void ReturnFromBegin(const Napi::CallbackInfo& info);

  std::shared_ptr<Call> call_;
};

}  // namespace async_com
