#pragma once

#include <napi.h>

#include <memory>

#include "node/thread_methods.h"
#include "threads/helper_thread.h"

namespace async_com {

// A HelperThread as JavaScript has it. NativeHelperThread in lib/native.ts declares what it offers.
class NodeHelperThread final : public Napi::ObjectWrap<NodeHelperThread>, public ThreadMethods {
 public:
  static Napi::Function Define(Napi::Env env);
  // Whoever lets go of `thread` last leaves it.
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

// Promises an Outcome whose value is a NodeHelperThread.
Napi::Value OpenHelperThread(Napi::Env env, ComPtr<IServerSecurity> security,
                             std::shared_ptr<Token> token);

}  // namespace async_com
