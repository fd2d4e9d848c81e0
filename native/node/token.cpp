#include "node/token.h"

#include <optional>
#include <utility>

#include "node/addon_data.h"
#include "node/helper_thread.h"
#include "node/token_description.h"
#include "node/utf16.h"
#include "security/token_duplicate.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

Outcome ThreadTokenOutcome(ThreadToken thread_token, Detail detail) {
  constexpr const char* kOperation = "OpenThreadToken";
  return OutcomeOf(kOperation, [&] {
    DescribedThreadToken described;
    if (thread_token.IsPresent()) {
      described.description = Describe(thread_token.token, detail);
    }
    // The token's handle is not needed any more.
    thread_token.token = Token();
    described.thread_token = std::move(thread_token);
    return Outcome::WithValue(kOperation, std::move(described), ThreadTokenToJs);
  });
}

Outcome DescriptionOutcome(const Token& token) {
  return Outcome::WithValue("GetTokenInformation", Describe(token, Detail::kFull),
                            TokenDescriptionToJs);
}

}  // namespace

void SettleWithThreadToken(ThreadToken thread_token, Detail detail, Promised promised) noexcept {
  if (detail == Detail::kBrief || !thread_token.IsPresent()) {
    promised.Settle(ThreadTokenOutcome(std::move(thread_token), detail));
    return;
  }
  try {
    ThreadPool::Worker().Run(MakeTask(
        [thread_token = std::move(thread_token), promised = std::move(promised)]() mutable {
          promised.Settle(ThreadTokenOutcome(std::move(thread_token), Detail::kFull));
        }));
  } catch (...) {
    // The promise was settled when it was destroyed.
  }
}

Napi::Value ThreadTokenFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env());
  const Napi::Promise promise = promised.Promise();
  ThreadToken thread_token = info[0].IsNumber()
                                 ? TokenOfThread(info[0].As<Napi::Number>().Uint32Value())
                                 : TokenOfThisThread();
  SettleWithThreadToken(std::move(thread_token),
                        info[1].ToBoolean() ? Detail::kFull : Detail::kBrief, std::move(promised));
  return promise;
}

Napi::Value ProcessTokenFromJs(const Napi::CallbackInfo& info) {
  return RunOnPool(info.Env(), ThreadPool::Worker(), "OpenProcessToken",
                   [] { return DescriptionOutcome(Token::OpenProcess()); });
}

Napi::Value DuplicateProcessTokenFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "DuplicateTokenEx";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation,
                   [privilege = info[0].IsString() ? WideFromJs(info[0]) : std::wstring()] {
                     return Outcome::WithValue(
                         kOperation, std::make_shared<Token>(DuplicateProcessToken(privilege)),
                         NodeToken::New);
                   });
}

Napi::Function NodeToken::Define(Napi::Env env) {
  return DefineClass(env, "Token",
                     {InstanceMethod<&NodeToken::Describe>("describe"),
                      InstanceMethod<&NodeToken::OpenThread>("openThread"),
                      InstanceMethod<&NodeToken::Close>("close")});
}

Napi::Value NodeToken::New(Napi::Env env, std::shared_ptr<Token> token) {
  const Napi::Object object = AddonData::Of(env).token_class.New({});
  Unwrap(object)->token_ = std::move(token);
  return object;
}

NodeToken::NodeToken(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

std::shared_ptr<Token> NodeToken::Get() const {
  if (token_ == nullptr) {
    throw Napi::Error::New(Env(), "the token was closed");
  }
  return token_;
}

Napi::Value NodeToken::Describe(const Napi::CallbackInfo& info) {
  return RunOnPool(info.Env(), ThreadPool::Worker(), "GetTokenInformation",
                   [token = Get()] { return DescriptionOutcome(*token); });
}

Napi::Value NodeToken::OpenThread(const Napi::CallbackInfo& info) {
  return OpenHelperThread(info.Env(), nullptr, Get());
}

void NodeToken::Close(const Napi::CallbackInfo&) { token_.reset(); }

}  // namespace async_com
