#pragma once

#include <napi.h>

#include <memory>

#include "node/thread_methods.h"
#include "threads/helper_thread.h"

namespace async_com {

// The class that JavaScript sees for a HelperThread. NativeHelperThread in lib/native/security.ts
// declares its functions.
class NodeHelperThread final : public Napi::ObjectWrap<NodeHelperThread>, public ThreadMethods {
 public:
  static Napi::Function Define(Napi::Env env);
  // The thread is left when the last owner of `thread` releases it.
  static Napi::Value New(Napi::Env env, std::shared_ptr<HelperThread> thread, DWORD thread_id);

  explicit NodeHelperThread(const Napi::CallbackInfo& info);

 private:
  HRESULT PostToThread(std::unique_ptr<Task>& task) override;
  SecurityOfThread Security() override;

  Napi::Value ThreadId(const Napi::CallbackInfo& info);
  Napi::Value Leave(const Napi::CallbackInfo& info);

  std::shared_ptr<HelperThread> thread_;
  DWORD thread_id_ = 0;
};

// Opens a helper thread. Returns a promise of an Outcome whose value is a NodeHelperThread.
Napi::Value OpenHelperThread(Napi::Env env, ComPtr<IServerSecurity> security,
                             std::shared_ptr<Token> token);

}  // namespace async_com
