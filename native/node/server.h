#pragma once

#include <napi.h>

#include <memory>

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

  // Used by AddonData::Shutdown.
  const std::shared_ptr<Server>& Get() const noexcept { return server_; }

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
