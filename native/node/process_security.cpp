#include "node/process_security.h"

#include <optional>
#include <string>
#include <utility>

#include "com/process_security.h"
#include "com/runtime.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

void TakeNumber(const Napi::Object& options, const char* name, DWORD& number) {
  const Napi::Value value = options.Get(name);
  if (value.IsNumber()) {
    number = value.ToNumber().Uint32Value();
  }
}

const char* NameOf(SecuritySetBy by) {
  switch (by) {
    case SecuritySetBy::kNobody:
      return "nobody";
    case SecuritySetBy::kDefault:
      return "default";
    case SecuritySetBy::kCaller:
      return "caller";
    case SecuritySetBy::kHost:
      return "host";
  }
  return "nobody";
}

}  // namespace

Napi::Value InitializeSecurityFromJs(const Napi::CallbackInfo& info) {
  const auto options = info[0].As<Napi::Object>();
  ProcessSecurity security;
  TakeNumber(options, "authnLevel", security.authn_level);
  TakeNumber(options, "impersonationLevel", security.impersonation_level);
  TakeNumber(options, "capabilities", security.capabilities);
  const Napi::Value access = options.Get("accessPermissions");
  if (access.IsString()) {
    security.access_permissions = WideFromJs(access);
  }
  const bool usual_callers = access.IsUndefined();
  return RunOnPool(info.Env(), ThreadPool::Worker(), "CoInitializeSecurity",
                   [security = std::move(security), usual_callers]() mutable {
                     if (usual_callers) {
                       security.access_permissions = ProcessSecurity::Default().access_permissions;
                     }
                     StartComRuntimeWith(security);
                   });
}

Napi::Value ProcessSecurityFromJs(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const ProcessSecurityState state = GetProcessSecurityState();
  auto object = Napi::Object::New(env);
  object.Set("setBy", NameOf(state.set_by));
  object.Set("authnLevel", Napi::Number::New(env, state.security.authn_level));
  object.Set("impersonationLevel", Napi::Number::New(env, state.security.impersonation_level));
  object.Set("capabilities", Napi::Number::New(env, state.security.capabilities));
  object.Set("accessPermissions", WideOrNullToJs(env, state.security.access_permissions));
  return object;
}

}  // namespace async_com
