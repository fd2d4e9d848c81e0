#include "node/token.h"

#include <optional>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/helper_thread.h"
#include "node/text.h"
#include "node/token_object.h"
#include "security/own_token.h"

namespace async_com {

namespace {

Outcome SightingOutcome(ThreadTokenSighting sighting, Detail detail) {
  constexpr const char* kOperation = "OpenThreadToken";
  return OutcomeOf(kOperation, [&] {
    std::optional<TokenDescription> description;
    if (sighting.IsPresent()) {
      description = Describe(sighting.token, detail);
    }
    Outcome outcome = Outcome::Here(S_OK, kOperation);
    // The token's handle is not needed any more.
    sighting.token = Token();
    auto seen = std::make_shared<ThreadTokenSighting>(std::move(sighting));
    outcome.value = [seen, description = std::move(description)](Napi::Env env) {
      return ThreadTokenToJs(env, *seen, description);
    };
    return outcome;
  });
}

Outcome DescriptionOutcome(const Token& token) {
  constexpr const char* kOperation = "GetTokenInformation";
  return OutcomeOf(kOperation, [&] {
    TokenDescription description = Describe(token, Detail::kFull);
    Outcome outcome = Outcome::Here(S_OK, kOperation);
    outcome.value = [description = std::move(description)](Napi::Env env) {
      return TokenDescriptionToJs(env, description);
    };
    return outcome;
  });
}

}  // namespace

void SettleWithSighting(ThreadTokenSighting sighting, Detail detail, Promised promised) noexcept {
  if (detail == Detail::kBrief || !sighting.IsPresent()) {
    promised.Settle(SightingOutcome(std::move(sighting), detail));
    return;
  }
  try {
    ThreadPool::Worker().Run(
        MakeTask([sighting = std::move(sighting), promised = std::move(promised)]() mutable {
          promised.Settle(SightingOutcome(std::move(sighting), Detail::kFull));
        }));
  } catch (...) {
    // The promise was settled as it was dropped.
  }
}

Napi::Value ThreadTokenFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadTokenSighting sighting = info[0].IsNumber()
                                     ? LookAtThread(info[0].As<Napi::Number>().Uint32Value())
                                     : LookAtThisThread();
  SettleWithSighting(std::move(sighting), info[1].ToBoolean() ? Detail::kFull : Detail::kBrief,
                     std::move(promised));
  return promise;
}

Napi::Value ProcessTokenFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([promised = std::move(promised)]() mutable {
    promised.Settle(
        OutcomeOf("OpenProcessToken", [] { return DescriptionOutcome(Token::OpenProcess()); }));
  }));
  return promise;
}

Napi::Value DuplicateProcessTokenFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "DuplicateTokenEx";
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(
      MakeTask([privilege = info[0].IsString() ? WideFromJs(info[0]) : std::wstring(),
                promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf(kOperation, [&] {
          auto token = std::make_shared<Token>(DuplicateProcessToken(privilege));
          Outcome outcome = Outcome::Here(S_OK, kOperation);
          outcome.value = [token](Napi::Env env) { return NodeToken::New(env, token); };
          return outcome;
        }));
      }));
  return promise;
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
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([token = Get(), promised = std::move(promised)]() mutable {
    promised.Settle(DescriptionOutcome(*token));
  }));
  return promise;
}

Napi::Value NodeToken::OpenThread(const Napi::CallbackInfo& info) {
  return OpenHelperThread(info.Env(), nullptr, Get());
}

void NodeToken::Close(const Napi::CallbackInfo&) { token_.reset(); }

}  // namespace async_com
