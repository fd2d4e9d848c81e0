#include "node/token_description.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "com/hresult_names.h"
#include "node/utf16.h"

namespace async_com {
namespace {

Napi::Value Text(Napi::Env env, const std::wstring& text) { return WideToJs(env, text); }

Napi::Value Text(Napi::Env env, std::string_view text) {
  return Napi::String::New(env, text.data(), text.size());
}

Napi::Value Flag(Napi::Env env, bool flag) { return Napi::Boolean::New(env, flag); }

Napi::Value Identifier(Napi::Env env, std::uint64_t luid) { return Napi::BigInt::New(env, luid); }

// An empty optional becomes null: the host could not tell, or was not asked.
template <typename Value, typename Convert>
Napi::Value OrNull(Napi::Env env, const std::optional<Value>& value, Convert convert) {
  return value ? Napi::Value(convert(env, *value)) : env.Null();
}

template <typename Item, typename Convert>
Napi::Array List(Napi::Env env, const std::vector<Item>& items, Convert convert) {
  Napi::Array list = Napi::Array::New(env, items.size());
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    // There may be hundreds of groups and privileges. Their handles need not live as long as the
    // list.
    const Napi::HandleScope scope(env);
    list.Set(i, convert(env, items[i]));
  }
  return list;
}

const char* TypeName(TOKEN_TYPE type) { return type == TokenPrimary ? "primary" : "impersonation"; }

const char* LevelName(SECURITY_IMPERSONATION_LEVEL level) {
  switch (level) {
    case SecurityAnonymous:
      return "anonymous";
    case SecurityIdentification:
      return "identification";
    case SecurityImpersonation:
      return "impersonation";
    case SecurityDelegation:
      return "delegation";
  }
  return "unknown";
}

Napi::Array GroupAttributes(Napi::Env env, DWORD attributes) {
  struct Attribute {
    DWORD bits;
    const char* name;
  };
  static constexpr Attribute kAttributes[] = {
      {SE_GROUP_MANDATORY, "mandatory"},
      {SE_GROUP_ENABLED_BY_DEFAULT, "enabled-by-default"},
      {SE_GROUP_ENABLED, "enabled"},
      {SE_GROUP_OWNER, "owner"},
      {SE_GROUP_USE_FOR_DENY_ONLY, "deny-only"},
      {SE_GROUP_INTEGRITY, "integrity"},
      {SE_GROUP_INTEGRITY_ENABLED, "integrity-enabled"},
      {SE_GROUP_RESOURCE, "resource"},
      {SE_GROUP_LOGON_ID, "logon-id"},
  };
  Napi::Array names = Napi::Array::New(env);
  for (const Attribute& attribute : kAttributes) {
    if ((attributes & attribute.bits) == attribute.bits) {
      names.Set(names.Length(), attribute.name);
    }
  }
  return names;
}

Napi::Object AccountToJs(Napi::Env env, const Account& account) {
  const auto text = [](Napi::Env in, const std::wstring& value) { return Text(in, value); };
  Napi::Object object = Napi::Object::New(env);
  object.Set("sid", Text(env, account.sid));
  object.Set("domain", OrNull(env, account.domain, text));
  object.Set("name", OrNull(env, account.name, text));
  return object;
}

Napi::Object GroupToJs(Napi::Env env, const TokenGroup& group) {
  Napi::Object object = AccountToJs(env, group.account);
  object.Set("attributes", GroupAttributes(env, group.attributes));
  return object;
}

Napi::Object PrivilegeToJs(Napi::Env env, const TokenPrivilege& privilege) {
  const DWORD attributes = privilege.attributes;
  Napi::Object object = Napi::Object::New(env);
  object.Set("name", Text(env, privilege.name));
  object.Set("enabled", Flag(env, (attributes & SE_PRIVILEGE_ENABLED) != 0));
  object.Set("enabledByDefault", Flag(env, (attributes & SE_PRIVILEGE_ENABLED_BY_DEFAULT) != 0));
  return object;
}

Napi::Object IntegrityToJs(Napi::Env env, const TokenIntegrity& integrity) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("sid", Text(env, integrity.sid));
  object.Set("level", integrity.level);
  return object;
}

const char* StateName(const ThreadToken& thread_token) {
  if (thread_token.IsPresent()) return "present";
  if (thread_token.IsAbsent()) return "absent";
  if (thread_token.IsAnonymous()) return "anonymous";
  return "unknown";
}

Napi::Value FailureToJs(Napi::Env env, const ThreadToken& thread_token) {
  if (thread_token.IsPresent()) return env.Null();
  Napi::Object object = Napi::Object::New(env);
  object.Set("code", Napi::Number::New(env, thread_token.error));
  object.Set("name", Win32ErrorName(thread_token.error));
  object.Set("function",
             thread_token.failed == nullptr ? env.Null() : Text(env, thread_token.failed));
  return object;
}

}  // namespace

Napi::Object TokenDescriptionToJs(Napi::Env env, const TokenDescription& description) {
  const auto level = [](Napi::Env in, SECURITY_IMPERSONATION_LEVEL value) {
    return Text(in, LevelName(value));
  };
  const auto groups = [](Napi::Env in, const std::vector<TokenGroup>& value) {
    return List(in, value, GroupToJs);
  };
  const auto privileges = [](Napi::Env in, const std::vector<TokenPrivilege>& value) {
    return List(in, value, PrivilegeToJs);
  };
  const auto source = [](Napi::Env in, const std::string& value) { return Text(in, value); };

  Napi::Object object = Napi::Object::New(env);
  object.Set("detail", description.detail == Detail::kFull ? "full" : "brief");
  object.Set("type", TypeName(description.type));
  object.Set("level", OrNull(env, description.level, level));
  object.Set("tokenId", Identifier(env, description.token_id));
  object.Set("modifiedId", Identifier(env, description.modified_id));
  object.Set("logonSession", OrNull(env, description.logon_session_id, Identifier));
  object.Set("user", AccountToJs(env, description.user));
  object.Set("groups", OrNull(env, description.groups, groups));
  object.Set("privileges", OrNull(env, description.privileges, privileges));
  object.Set("integrity", OrNull(env, description.integrity, IntegrityToJs));
  object.Set("restricted", OrNull(env, description.restricted, Flag));
  object.Set("elevated", OrNull(env, description.elevated, Flag));
  object.Set("source", OrNull(env, description.source, source));
  return object;
}

Napi::Object ThreadTokenToJs(Napi::Env env, const DescribedThreadToken& described) {
  const ThreadToken& thread_token = described.thread_token;
  Napi::Object object = Napi::Object::New(env);
  object.Set("state", StateName(thread_token));
  object.Set("threadId", Napi::Number::New(env, thread_token.thread_id));
  object.Set("error", FailureToJs(env, thread_token));
  object.Set("time", Napi::BigInt::New(env, thread_token.time));
  object.Set("token", OrNull(env, described.description, TokenDescriptionToJs));
  return object;
}

}  // namespace async_com
