#include "node/thread_steps.h"

#include <objbase.h>

#include <optional>
#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/outcome.h"
#include "node/text.h"
#include "node/token.h"
#include "node/token_object.h"
#include "security/as_thread.h"
#include "security/client_blanket.h"
#include "security/fault_effects.h"
#include "security/own_token.h"
#include "security/token.h"
#include "security/token_description.h"
#include "security/worn_level.h"

namespace async_com {

namespace {

// A step that ends on the thread it is for.
using SimpleStep = Outcome (*)(IServerSecurity* security);

Outcome ImpersonateClient(IServerSecurity* security) {
  return Outcome::Here(security == nullptr ? RPC_E_CALL_COMPLETE : security->ImpersonateClient(),
                       "IServerSecurity::ImpersonateClient");
}

Outcome RevertToSelf(IServerSecurity* security) {
  return Outcome::Here(security == nullptr ? RPC_E_CALL_COMPLETE : security->RevertToSelf(),
                       "IServerSecurity::RevertToSelf");
}

Outcome IsImpersonating(IServerSecurity* security) {
  const bool impersonating = security != nullptr && security->IsImpersonating() != FALSE;
  Outcome outcome = Outcome::Here(security == nullptr ? RPC_E_CALL_COMPLETE : S_OK,
                                  "IServerSecurity::IsImpersonating");
  outcome.value = [impersonating](Napi::Env env) { return Napi::Boolean::New(env, impersonating); };
  return outcome;
}

Napi::Value BlanketToJs(Napi::Env env, const ClientBlanket& blanket) {
  auto object = Napi::Object::New(env);
  object.Set("authnService", Napi::Number::New(env, blanket.authn_service));
  object.Set("authzService", Napi::Number::New(env, blanket.authz_service));
  object.Set("authnLevel", Napi::Number::New(env, blanket.authn_level));
  object.Set("capabilities", Napi::Number::New(env, blanket.capabilities));
  object.Set("serverPrincipal", WideToJs(env, blanket.server_principal));
  object.Set("client", WideToJs(env, blanket.client));
  return object;
}

Outcome BlanketOf(IServerSecurity* security, const char* operation) {
  return OutcomeOf(operation, [&] {
    ClientBlanket blanket = QueryClientBlanket(security);
    Outcome outcome = Outcome::Here(S_OK, operation);
    outcome.value = [blanket = std::move(blanket)](Napi::Env env) {
      return BlanketToJs(env, blanket);
    };
    return outcome;
  });
}

Outcome QueryBlanket(IServerSecurity* security) {
  constexpr const char* kOperation = "IServerSecurity::QueryBlanket";
  return security == nullptr ? Outcome::Here(RPC_E_CALL_COMPLETE, kOperation)
                             : BlanketOf(security, kOperation);
}

Outcome QueryBlanketOfContext(IServerSecurity*) {
  return BlanketOf(nullptr, "CoQueryClientBlanket");
}

Outcome ImpersonateThroughContext(IServerSecurity*) {
  return Outcome::Here(CoImpersonateClient(), "CoImpersonateClient");
}

Outcome RevertThroughContext(IServerSecurity*) {
  return Outcome::Here(CoRevertToSelf(), "CoRevertToSelf");
}

// The value says whether the context is the IServerSecurity pointer itself.
Outcome CallContext(IServerSecurity* security) {
  ComPtr<IServerSecurity> context;
  const HRESULT result = CoGetCallContext(IID_PPV_ARGS(&context));
  const bool same = SUCCEEDED(result) && context.Get() == security;
  Outcome outcome = Outcome::Here(result, "CoGetCallContext");
  outcome.value = [same](Napi::Env env) { return Napi::Boolean::New(env, same); };
  return outcome;
}

// An empty level is the thread's token's own.
Outcome DuplicateToken(std::optional<SECURITY_IMPERSONATION_LEVEL> level) {
  constexpr const char* kOperation = "DuplicateTokenEx";
  return OutcomeOf(kOperation, [&] {
    const ThreadTokenSighting here = LookAtThisThread(TOKEN_QUERY | TOKEN_DUPLICATE);
    if (!here.IsPresent()) {
      throw Win32Error(here.error, here.failed);
    }
    if (!level) {
      level = Describe(here.token, Detail::kBrief).level;
    }
    auto duplicate = std::make_shared<Token>(
        DuplicateForThisProcess(here.token, level.value_or(SecurityImpersonation)));
    NoteDuplicate(duplicate);
    Outcome outcome = Outcome::Here(S_OK, kOperation);
    outcome.value = [duplicate](Napi::Env env) { return NodeToken::New(env, duplicate); };
    return outcome;
  });
}

constexpr std::pair<const char*, SimpleStep> kSimpleSteps[] = {
    {"ImpersonateClient", ImpersonateClient},
    {"RevertToSelf", RevertToSelf},
    {"IsImpersonating", IsImpersonating},
    {"QueryBlanket", QueryBlanket},
    {"CoImpersonateClient", ImpersonateThroughContext},
    {"CoRevertToSelf", RevertThroughContext},
    {"CoQueryClientBlanket", QueryBlanketOfContext},
    {"CoGetCallContext", CallContext},
};

Outcome SetToken(const std::shared_ptr<Token>& token) {
  constexpr const char* kOperation = "SetThreadToken";
  return OutcomeOf(kOperation, [&] {
    if (token == nullptr) {
      SetThisThreadToken(nullptr);
    } else if (const DWORD error = TryWearToken(*token); error != ERROR_SUCCESS) {
      throw Win32Error(error, kOperation);
    }
    return Outcome::Here(S_OK, kOperation);
  });
}

Outcome AccessCheckOnThread(const std::wstring& sddl, DWORD access) {
  constexpr const char* kOperation = "AccessCheck";
  return OutcomeOf(kOperation, [&] {
    const bool allowed = CheckAccessAsThread(sddl, access);
    Outcome outcome = Outcome::Here(S_OK, kOperation);
    outcome.value = [allowed](Napi::Env env) { return Napi::Boolean::New(env, allowed); };
    return outcome;
  });
}

Outcome OpenOnThread(const std::wstring& path) {
  constexpr const char* kOperation = "CreateFileW";
  return OutcomeOf(kOperation, [&] {
    OpenAsThread(path);
    return Outcome::Here(S_OK, kOperation);
  });
}

// Throws a Napi::TypeError where there is no such step.
std::unique_ptr<Task> StepTask(const Napi::CallbackInfo& info, const SecurityOfThread& security,
                               Promised promised) {
  const std::string name = info[0].As<Napi::String>();
  for (const auto& [known, step] : kSimpleSteps) {
    if (name == known) {
      return MakeTask([step = step, security, promised = std::move(promised)]() mutable {
        promised.Settle(step(security().Get()));
      });
    }
  }
  if (name == "OpenThreadToken") {
    const Detail detail = info[1].ToBoolean() ? Detail::kFull : Detail::kBrief;
    return MakeTask([detail, promised = std::move(promised)]() mutable {
      SettleWithSighting(LookAtThisThread(), detail, std::move(promised));
    });
  }
  if (name == "OpenTokenOfThread") {
    const DWORD thread_id = info[1].ToNumber().Uint32Value();
    return MakeTask([thread_id, promised = std::move(promised)]() mutable {
      SettleWithSighting(LookAtThread(thread_id), Detail::kBrief, std::move(promised));
    });
  }
  if (name == "SetThreadToken") {
    std::shared_ptr<Token> token;
    if (info[1].IsObject()) {
      token = NodeToken::Unwrap(info[1].As<Napi::Object>())->Get();
    }
    return MakeTask([token = std::move(token), promised = std::move(promised)]() mutable {
      promised.Settle(SetToken(token));
    });
  }
  if (name == "DuplicateToken") {
    std::optional<SECURITY_IMPERSONATION_LEVEL> level;
    if (info[1].IsNumber()) {
      level = static_cast<SECURITY_IMPERSONATION_LEVEL>(info[1].ToNumber().Int32Value());
    }
    return MakeTask([level, promised = std::move(promised)]() mutable {
      promised.Settle(DuplicateToken(level));
    });
  }
  if (name == "AccessCheck") {
    return MakeTask([sddl = WideFromJs(info[1]), access = info[2].ToNumber().Uint32Value(),
                     promised = std::move(promised)]() mutable {
      promised.Settle(AccessCheckOnThread(sddl, access));
    });
  }
  if (name == "CreateFile") {
    return MakeTask([path = WideFromJs(info[1]), promised = std::move(promised)]() mutable {
      promised.Settle(OpenOnThread(path));
    });
  }
  throw Napi::TypeError::New(info.Env(), "unknown step: " + name);
}

}  // namespace

Napi::Value RunStep(const Napi::CallbackInfo& info, const PostToThread& post,
                    const SecurityOfThread& security) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  // Where the thread is no longer there the task is dropped, and settles the promise so.
  post(StepTask(info, security, std::move(promised)));
  return promise;
}

}  // namespace async_com
