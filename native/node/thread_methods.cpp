#include "node/thread_methods.h"

#include <objbase.h>

#include <optional>
#include <utility>

#include "node/blanket.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/token.h"
#include "node/utf16.h"
#include "security/blanket.h"
#include "security/impersonation.h"
#include "security/thread_access.h"
#include "security/thread_token.h"
#include "security/token_duplicate.h"

namespace async_com {

Napi::Value ThreadMethods::Post(Napi::Env env, Napi::Promise promise, std::unique_ptr<Task> task) {
  const HRESULT posted = PostToThread(task);
  return SUCCEEDED(posted) ? promise : Settled(env, Outcome::NotRun(posted));
}

template <typename Body>
Napi::Value ThreadMethods::Run(Napi::Env env, const char* operation, Body body) {
  Promised promised = Promised::Create(env);
  const Napi::Promise promise = promised.Promise();
  return Post(env, promise, PromisedTask(operation, std::move(promised), std::move(body)));
}

template <typename Body>
Napi::Value ThreadMethods::RunWithSecurity(Napi::Env env, const char* operation, Body body) {
  return Run(env, operation, [operation, security = Security(), body = std::move(body)] {
    const ComPtr<IServerSecurity> of_call = security();
    return of_call == nullptr ? Outcome::Here(RPC_E_CALL_COMPLETE, operation) : body(of_call.Get());
  });
}

Napi::Value ThreadMethods::ImpersonateClient(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IServerSecurity::ImpersonateClient";
  return RunWithSecurity(info.Env(), kOperation, [](IServerSecurity* security) {
    return Outcome::Here(ImpersonateClientOf(*security), kOperation);
  });
}

Napi::Value ThreadMethods::RevertToSelf(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IServerSecurity::RevertToSelf";
  return RunWithSecurity(info.Env(), kOperation, [](IServerSecurity* security) {
    return Outcome::Here(security->RevertToSelf(), kOperation);
  });
}

Napi::Value ThreadMethods::IsImpersonating(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IServerSecurity::IsImpersonating";
  return RunWithSecurity(info.Env(), kOperation, [](IServerSecurity* security) {
    return Outcome::WithValue(kOperation, security->IsImpersonating() != FALSE, BooleanToJs);
  });
}

Napi::Value ThreadMethods::QueryBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IServerSecurity::QueryBlanket";
  return RunWithSecurity(info.Env(), kOperation, [](IServerSecurity* security) {
    return Outcome::WithValue(kOperation, query_client_blanket(security), BlanketToJs);
  });
}

Napi::Value ThreadMethods::CoImpersonateClient(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoImpersonateClient";
  return Run(info.Env(), kOperation,
             [] { return Outcome::Here(::CoImpersonateClient(), kOperation); });
}

Napi::Value ThreadMethods::CoRevertToSelf(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoRevertToSelf";
  return Run(info.Env(), kOperation, [] { return Outcome::Here(::CoRevertToSelf(), kOperation); });
}

Napi::Value ThreadMethods::CoQueryClientBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoQueryClientBlanket";
  return Run(info.Env(), kOperation, [] {
    return Outcome::WithValue(kOperation, query_client_blanket(nullptr), BlanketToJs);
  });
}

// The value says whether the context is the IServerSecurity pointer itself.
Napi::Value ThreadMethods::CoGetCallContext(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoGetCallContext";
  return Run(info.Env(), kOperation, [security = Security()] {
    ComPtr<IServerSecurity> context;
    const HRESULT result = ::CoGetCallContext(IID_PPV_ARGS(&context));
    return FAILED(result)
               ? Outcome::Here(result, kOperation)
               : Outcome::WithValue(kOperation, context.Get() == security().Get(), BooleanToJs);
  });
}

// threadToken(full)
Napi::Value ThreadMethods::ThreadTokenOf(const Napi::CallbackInfo& info) {
  const Detail detail = info[0].ToBoolean() ? Detail::kFull : Detail::kBrief;
  Promised promised = Promised::Create(info.Env());
  const Napi::Promise promise = promised.Promise();
  return Post(info.Env(), promise, MakeTask([detail, promised = std::move(promised)]() mutable {
                SettleWithThreadToken(TokenOfThisThread(), detail, std::move(promised));
              }));
}

// tokenOfThread(threadId)
Napi::Value ThreadMethods::TokenOfOtherThread(const Napi::CallbackInfo& info) {
  const DWORD thread_id = info[0].ToNumber().Uint32Value();
  Promised promised = Promised::Create(info.Env());
  const Napi::Promise promise = promised.Promise();
  return Post(info.Env(), promise, MakeTask([thread_id, promised = std::move(promised)]() mutable {
                SettleWithThreadToken(TokenOfThread(thread_id), Detail::kBrief,
                                      std::move(promised));
              }));
}

// setThreadToken(token or null)
Napi::Value ThreadMethods::SetThreadToken(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "SetThreadToken";
  std::shared_ptr<Token> token;
  if (info[0].IsObject()) {
    token = NodeToken::Unwrap(info[0].As<Napi::Object>())->Get();
  }
  ThreadTokenIsSet();
  return Run(info.Env(), kOperation, [token = std::move(token)] {
    if (token == nullptr) {
      SetThisThreadToken(nullptr);
    } else if (const DWORD error = TrySetTokenAtItsLevel(*token); error != ERROR_SUCCESS) {
      throw Win32Error(error, kOperation);
    }
  });
}

// duplicateToken(level?)
Napi::Value ThreadMethods::DuplicateToken(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "DuplicateTokenEx";
  std::optional<SECURITY_IMPERSONATION_LEVEL> level;
  if (info[0].IsNumber()) {
    level = static_cast<SECURITY_IMPERSONATION_LEVEL>(info[0].ToNumber().Int32Value());
  }
  return Run(info.Env(), kOperation, [level] {
    return Outcome::WithValue(kOperation, duplicate_thread_token(level), NodeToken::New);
  });
}

// checkAccess(sddl, access)
Napi::Value ThreadMethods::CheckAccess(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AccessCheck";
  return Run(info.Env(), kOperation,
             [sddl = WideFromJs(info[0]), access = info[1].ToNumber().Uint32Value()] {
               return Outcome::WithValue(kOperation, CheckAccessAsThread(sddl, access),
                                         BooleanToJs);
             });
}

// openFile(path): opens a file for reading as the thread's user, and closes it again.
Napi::Value ThreadMethods::OpenFile(const Napi::CallbackInfo& info) {
  return Run(info.Env(), "CreateFileW", [path = WideFromJs(info[0])] { OpenAsThread(path); });
}

}  // namespace async_com
