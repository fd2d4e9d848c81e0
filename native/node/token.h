#pragma once

#include <napi.h>

#include <memory>

#include "node/promised.h"
#include "security/token.h"
#include "security/token_description.h"

namespace async_com {

// A token that JavaScript owns: `describe()`, `openThread()`, `close()`.
class NodeToken final : public Napi::ObjectWrap<NodeToken> {
 public:
  static Napi::Function Define(Napi::Env env);
  // JavaScript thread.
  static Napi::Value New(Napi::Env env, std::shared_ptr<Token> token);

  explicit NodeToken(const Napi::CallbackInfo& info);

  // Throws a Napi::Error when it was closed.
  std::shared_ptr<Token> Get() const;

 private:
  Napi::Value Describe(const Napi::CallbackInfo& info);
  Napi::Value OpenThread(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  std::shared_ptr<Token> token_;
};

// Settles with a thread's token as JavaScript has it. Account names are looked up on a worker
// thread, because the thread that was looked at may be impersonating.
void SettleWithThreadToken(ThreadToken thread_token, Detail detail, Promised promised) noexcept;

// threadToken(threadId or undefined, full) and processToken(): functions of the addon.
Napi::Value ThreadTokenFromJs(const Napi::CallbackInfo& info);
Napi::Value ProcessTokenFromJs(const Napi::CallbackInfo& info);

// duplicateProcessToken(privilege?): an impersonation token of this process's own account, for
// JavaScript to own; without the privilege, if it is named.
Napi::Value DuplicateProcessTokenFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
