#pragma once

#include <napi.h>

#include <memory>

#include "client/remote_call.h"
#include "client/remote_object.h"

namespace async_com {

// The class that JavaScript sees for a RemoteObject. NativeRemoteObject in lib/native/client.ts
// declares its functions.
class NodeRemoteObject final : public Napi::ObjectWrap<NodeRemoteObject> {
 public:
  static Napi::Function Define(Napi::Env env);

  // Must be called on the JavaScript thread.
  static Napi::Value New(Napi::Env env, std::shared_ptr<RemoteObject> object);

  explicit NodeRemoteObject(const Napi::CallbackInfo& info);

  // createObject(name, host, blanket): returns a promise of an Outcome whose value is a
  // NodeRemoteObject.
  static Napi::Value Create(const Napi::CallbackInfo& info);

  // Null once it is released.
  const std::shared_ptr<RemoteObject>& Get() const noexcept { return object_; }

 private:
  Napi::Value Invoke(const Napi::CallbackInfo& info);
  Napi::Value Next(const Napi::CallbackInfo& info);
  Napi::Value SetBlanket(const Napi::CallbackInfo& info);
  Napi::Value QueryBlanket(const Napi::CallbackInfo& info);
  void Release(const Napi::CallbackInfo& info);

  Napi::Value Start(Napi::Env env, RemoteCall::Body body, const char* operation);

  std::shared_ptr<RemoteObject> object_;
};

}  // namespace async_com
