#pragma once

#include <napi.h>

#include <memory>

#include "com/com_ptr.h"
#include "server/server.h"

namespace async_com {

// The class that JavaScript sees for a Server. NativeServerOptions in lib/native/server.ts declares
// what its constructor takes.
class NodeServer final : public Napi::ObjectWrap<NodeServer> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit NodeServer(const Napi::CallbackInfo& info);
  ~NodeServer() override;
  NodeServer(const NodeServer&) = delete;
  NodeServer& operator=(const NodeServer&) = delete;

  const std::shared_ptr<Server>& Get() const noexcept { return server_; }

  // What JavaScript sends as an object, as the COM object that stands for it.
  struct Sent {
    ComPtr<IUnknown> object;
    bool is_enumerator = false;
  };
  // `call` is the call whose client gets the object. Throws Napi::Error or ComFailure.
  Sent ObjectFor(const Napi::Object& value, const ServerCall* call);
  // Returns the JavaScript object that a COM object stands for, or undefined.
  Napi::Value TargetOf(ObjectId object);

 private:
  class Handler;

  Napi::Value Listen(const Napi::CallbackInfo& info);
  Napi::Value Revoke(const Napi::CallbackInfo& info);
  void Stop(const Napi::CallbackInfo& info);
  void EndCalls(const Napi::CallbackInfo& info);
  Napi::Value Disconnect(const Napi::CallbackInfo& info);
  Napi::Value CallsInProgress(const Napi::CallbackInfo& info);
  void Hold(const Napi::CallbackInfo& info);
  void LetGo(const Napi::CallbackInfo& info);

  std::shared_ptr<Handler> handler_;
  std::shared_ptr<Server> server_;
};

}  // namespace async_com
