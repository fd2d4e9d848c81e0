#pragma once

#include <napi.h>

#include <memory>

#include "client/connection.h"
#include "client/outgoing_call.h"

namespace async_com {

// The class that JavaScript sees for a Connection. NativeConnection in lib/native/client.ts
// declares its functions.
class NodeConnection final : public Napi::ObjectWrap<NodeConnection> {
 public:
  static Napi::Function Define(Napi::Env env);

  // Must be called on the JavaScript thread.
  static Napi::Value New(Napi::Env env, std::shared_ptr<Connection> connection);

  explicit NodeConnection(const Napi::CallbackInfo& info);

  // connect(name, host, blanket): returns a promise of an Outcome whose value is a NodeConnection.
  static Napi::Value Connect(const Napi::CallbackInfo& info);

  // Null once it is closed.
  const std::shared_ptr<Connection>& Get() const noexcept { return connection_; }

 private:
  Napi::Value HasCallFactory(const Napi::CallbackInfo& info);
  Napi::Value Call(const Napi::CallbackInfo& info);
  Napi::Value CallCancellable(const Napi::CallbackInfo& info);
  Napi::Value CreateCall(const Napi::CallbackInfo& info);
  Napi::Value SetBlanket(const Napi::CallbackInfo& info);
  Napi::Value QueryBlanket(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  std::shared_ptr<OutgoingCall> CallFrom(const Napi::CallbackInfo& info, OutgoingCall::Form form,
                                         Napi::Value& promise);

  std::shared_ptr<Connection> connection_;
};

}  // namespace async_com
