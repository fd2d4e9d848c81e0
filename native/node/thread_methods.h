#pragma once

#include <napi.h>

#include <objidl.h>

#include <functional>
#include <memory>
#include <vector>

#include "com/com_ptr.h"
#include "threads/task.h"

namespace async_com {

// The methods that a NodeServerCall and a NodeHelperThread have in common. Each runs on the call's
// Begin_ thread or on the helper thread, and returns a promise of its Outcome. NativeThread in
// lib/native/security.ts declares them.
class ThreadMethods {
 public:
  // Returns the descriptors of the methods, for the class that JavaScript sees.
  template <typename Wrap>
  static std::vector<Napi::ClassPropertyDescriptor<Wrap>> Describe();

 protected:
  virtual ~ThreadMethods() = default;

  // Hands a task to the thread. Fails if the thread no longer exists (RPC_E_CALL_COMPLETE) or if no
  // thread is available. The caller then still has the task.
  virtual HRESULT PostToThread(std::unique_ptr<Task>& task) = 0;
  // Returns a function that reads the IServerSecurity pointer of the call, on that thread. The
  // pointer may be null.
  using SecurityOfThread = std::function<ComPtr<IServerSecurity>()>;
  virtual SecurityOfThread Security() = 0;
  // Called before JavaScript sets the thread's token, or removes it, itself.
  virtual void ThreadTokenIsSet() {}

 private:
  // Runs `body(security)`, which returns an Outcome, on the thread.
  template <typename Body>
  Napi::Value RunWithSecurity(Napi::Env env, const char* operation, Body body);
  template <typename Body>
  Napi::Value Run(Napi::Env env, const char* operation, Body body);
  Napi::Value Post(Napi::Env env, Napi::Promise promise, std::unique_ptr<Task> task);

  // Methods of IServerSecurity
  Napi::Value ImpersonateClient(const Napi::CallbackInfo& info);
  Napi::Value RevertToSelf(const Napi::CallbackInfo& info);
  Napi::Value IsImpersonating(const Napi::CallbackInfo& info);
  Napi::Value QueryBlanket(const Napi::CallbackInfo& info);
  // Functions that use the thread's call context
  Napi::Value CoImpersonateClient(const Napi::CallbackInfo& info);
  Napi::Value CoRevertToSelf(const Napi::CallbackInfo& info);
  Napi::Value CoQueryClientBlanket(const Napi::CallbackInfo& info);
  Napi::Value CoGetCallContext(const Napi::CallbackInfo& info);
  // Tokens
  Napi::Value ThreadTokenOf(const Napi::CallbackInfo& info);
  Napi::Value TokenOfOtherThread(const Napi::CallbackInfo& info);
  Napi::Value SetThreadToken(const Napi::CallbackInfo& info);
  Napi::Value DuplicateToken(const Napi::CallbackInfo& info);
  Napi::Value CheckAccess(const Napi::CallbackInfo& info);
  Napi::Value OpenFile(const Napi::CallbackInfo& info);
};

template <typename Wrap>
std::vector<Napi::ClassPropertyDescriptor<Wrap>> ThreadMethods::Describe() {
  using Method = Napi::Value (Wrap::*)(const Napi::CallbackInfo&);
  const auto method = [](const char* name,
                         Napi::Value (ThreadMethods::*function)(const Napi::CallbackInfo&)) {
    return Wrap::InstanceMethod(name, static_cast<Method>(function));
  };
  return {
      method("impersonateClient", &ThreadMethods::ImpersonateClient),
      method("revertToSelf", &ThreadMethods::RevertToSelf),
      method("isImpersonating", &ThreadMethods::IsImpersonating),
      method("queryBlanket", &ThreadMethods::QueryBlanket),
      method("coImpersonateClient", &ThreadMethods::CoImpersonateClient),
      method("coRevertToSelf", &ThreadMethods::CoRevertToSelf),
      method("coQueryClientBlanket", &ThreadMethods::CoQueryClientBlanket),
      method("coGetCallContext", &ThreadMethods::CoGetCallContext),
      method("threadToken", &ThreadMethods::ThreadTokenOf),
      method("tokenOfThread", &ThreadMethods::TokenOfOtherThread),
      method("setThreadToken", &ThreadMethods::SetThreadToken),
      method("duplicateToken", &ThreadMethods::DuplicateToken),
      method("checkAccess", &ThreadMethods::CheckAccess),
      method("openFile", &ThreadMethods::OpenFile),
  };
}

}  // namespace async_com
