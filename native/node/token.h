#pragma once

#include <napi.h>

#include <memory>

#include "node/promised.h"
#include "security/token.h"
#include "security/token_description.h"

namespace async_com {

// The class that JavaScript sees for a token that it owns: `describe()`, `openThread()`, `close()`.
class NodeToken final : public Napi::ObjectWrap<NodeToken> {
 public:
  static Napi::Function Define(Napi::Env env);
  // Must be called on the JavaScript thread.
  static Napi::Value New(Napi::Env env, std::shared_ptr<Token> token);

  explicit NodeToken(const Napi::CallbackInfo& info);

  // Throws a Napi::Error if the token is closed.
  std::shared_ptr<Token> Get() const;

 private:
  Napi::Value Describe(const Napi::CallbackInfo& info);
  Napi::Value OpenThread(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  std::shared_ptr<Token> token_;
};

// Settles the promise with a thread's token. Account names are looked up on a worker thread,
// because the thread that was looked at may be impersonating.
void SettleWithThreadToken(ThreadToken thread_token, Detail detail, Promised promised) noexcept;

// threadToken(threadId or undefined, full) and processToken(): each returns a promise of an
// Outcome.
Napi::Value ThreadTokenFromJs(const Napi::CallbackInfo& info);
Napi::Value ProcessTokenFromJs(const Napi::CallbackInfo& info);

// duplicateProcessToken(privilege?): returns a promise of an Outcome whose value is a NodeToken. It
// is an impersonation token of this process's own account. If a privilege is named, the token lacks
// it.
Napi::Value DuplicateProcessTokenFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
