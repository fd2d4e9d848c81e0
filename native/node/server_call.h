#pragma once

#include <napi.h>

#include <memory>

#include "node/object_context.h"
#include "node/thread_methods.h"
#include "server/server_call.h"

namespace async_com {

// The class that JavaScript sees for a ServerCall. NativeServerCall in lib/native/server.ts
// declares its functions.
class NodeServerCall final : public Napi::ObjectWrap<NodeServerCall>, public ThreadMethods {
 public:
  static Napi::Function Define(Napi::Env env);
  // `server` refers to the call's server, or to null once that was collected.
  static Napi::Object New(Napi::Env env, std::shared_ptr<ServerCall> call,
                          std::shared_ptr<NodeServer*> server);

  explicit NodeServerCall(const Napi::CallbackInfo& info);

 private:
  HRESULT PostToThread(std::unique_ptr<Task>& task) override { return call_->PostToBegin(task); }
  SecurityOfThread Security() override;
  void ThreadTokenIsSet() override { call_->ThreadTokenIsSet(); }

  Napi::Value Id(const Napi::CallbackInfo& info);
  Napi::Value Path(const Napi::CallbackInfo& info);
  Napi::Value RpcThreadId(const Napi::CallbackInfo& info);
  Napi::Value ObjectId(const Napi::CallbackInfo& info);
  Napi::Value Access(const Napi::CallbackInfo& info);
  Napi::Value Locale(const Napi::CallbackInfo& info);
  Napi::Value ByReference(const Napi::CallbackInfo& info);
  Napi::Value Cancelled(const Napi::CallbackInfo& info);

  Napi::Value ThreadId(const Napi::CallbackInfo& info);
  Napi::Value OpenThread(const Napi::CallbackInfo& info);
  Napi::Value Signal(const Napi::CallbackInfo& info);
  Napi::Value BeginReturned(const Napi::CallbackInfo& info);
  void Complete(const Napi::CallbackInfo& info);
  void Fail(const Napi::CallbackInfo& info);
  void End(const Napi::CallbackInfo& info);
  void ReturnFromBegin(const Napi::CallbackInfo& info);

  std::shared_ptr<ServerCall> call_;
  std::shared_ptr<NodeServer*> server_;
};

// The context in which the values of a call are converted.
ObjectContext ContextOf(ServerCall& call, NodeServer* server);

}  // namespace async_com
