#include "node/blanket.h"

#include "node/token.h"
#include "node/utf16.h"

namespace async_com {

namespace {

std::optional<DWORD> NumberOf(const Napi::Object& object, const char* name) {
  const Napi::Value value = object.Get(name);
  return value.IsNumber() ? std::optional<DWORD>(value.ToNumber().Uint32Value()) : std::nullopt;
}

}  // namespace

BlanketOptions BlanketOptionsFromJs(const Napi::Value& value) {
  BlanketOptions blanket;
  if (!value.IsObject()) {
    return blanket;
  }
  const auto object = value.As<Napi::Object>();
  blanket.authn_level = NumberOf(object, "authnLevel");
  blanket.impersonation_level = NumberOf(object, "impersonationLevel");
  blanket.cloaking = NumberOf(object, "cloaking");
  const Napi::Value principal = object.Get("serverPrincipal");
  if (principal.IsString()) {
    blanket.server_principal = WideFromJs(principal);
  }
  const Napi::Value as = object.Get("as");
  if (as.IsObject()) {
    blanket.as = NodeToken::Unwrap(as.As<Napi::Object>())->Get();
  }
  return blanket;
}

Napi::Object BlanketToJs(Napi::Env env, const Blanket& blanket) {
  auto object = Napi::Object::New(env);
  object.Set("authnService", Napi::Number::New(env, blanket.authn_service));
  object.Set("authzService", Napi::Number::New(env, blanket.authz_service));
  object.Set("authnLevel", Napi::Number::New(env, blanket.authn_level));
  object.Set("impersonationLevel",
             blanket.impersonation_level
                 ? Napi::Value(Napi::Number::New(env, *blanket.impersonation_level))
                 : env.Null());
  object.Set("capabilities", Napi::Number::New(env, blanket.capabilities));
  object.Set("serverPrincipal", WideOrNullToJs(env, blanket.server_principal));
  object.Set("client", WideOrNullToJs(env, blanket.client));
  return object;
}

}  // namespace async_com
