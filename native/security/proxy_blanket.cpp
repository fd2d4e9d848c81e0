#include "security/proxy_blanket.h"

#include <objbase.h>
#include <objidl.h>

#include <utility>

#include "com/task_memory.h"
#include "com/win32_error.h"
#include "security/thread_token.h"

namespace async_com {

namespace {

constexpr DWORD kCloaking =
    static_cast<DWORD>(EOAC_STATIC_CLOAKING) | static_cast<DWORD>(EOAC_DYNAMIC_CLOAKING);
// The capabilities of a proxy's blanket that SetBlanket accepts.
constexpr DWORD kSettable = static_cast<DWORD>(EOAC_MUTUAL_AUTH) |
                            static_cast<DWORD>(EOAC_ANY_AUTHORITY) |
                            static_cast<DWORD>(EOAC_MAKE_FULLSIC) | kCloaking;

ComPtr<IClientSecurity> SecurityOf(IUnknown* proxy) {
  ComPtr<IClientSecurity> security;
  ThrowIfFailed(proxy->QueryInterface(IID_PPV_ARGS(&security)), "IClientSecurity");
  return security;
}

}  // namespace

BlanketOptions BlanketOptions::With(const BlanketOptions& over) const {
  BlanketOptions both = *this;
  if (over.authn_level) both.authn_level = over.authn_level;
  if (over.impersonation_level) both.impersonation_level = over.impersonation_level;
  if (over.server_principal) both.server_principal = over.server_principal;
  if (over.cloaking) {
    both.cloaking = over.cloaking;
    both.as = over.as;
  }
  return both;
}

Blanket QueryProxyBlanket(IUnknown* proxy) {
  Blanket blanket;
  OLECHAR* principal = nullptr;
  DWORD impersonation_level = 0;
  const HRESULT result = SecurityOf(proxy)->QueryBlanket(
      proxy, &blanket.authn_service, &blanket.authz_service, &principal, &blanket.authn_level,
      &impersonation_level, nullptr, &blanket.capabilities);
  const TaskString owned(principal);
  ThrowIfFailed(result, "IClientSecurity::QueryBlanket");
  blanket.impersonation_level = impersonation_level;
  if (principal != nullptr) {
    blanket.server_principal = principal;
  }
  return blanket;
}

void SetProxyBlanket(IUnknown* proxy, const BlanketOptions& blanket) {
  const ComPtr<IClientSecurity> security = SecurityOf(proxy);
  const Blanket now = QueryProxyBlanket(proxy);
  const DWORD level = blanket.authn_level.value_or(now.authn_level);
  DWORD service = now.authn_service;
  DWORD authorization = now.authz_service;
  std::optional<std::wstring> name =
      blanket.server_principal ? blanket.server_principal : now.server_principal;
  OLECHAR* principal = name ? name->data() : COLE_DEFAULT_PRINCIPAL;
  if (level == RPC_C_AUTHN_LEVEL_NONE) {
    service = RPC_C_AUTHN_NONE;
    authorization = RPC_C_AUTHZ_NONE;
    principal = nullptr;
  } else if (service == RPC_C_AUTHN_NONE) {
    service = static_cast<DWORD>(RPC_C_AUTHN_DEFAULT);
    authorization = static_cast<DWORD>(RPC_C_AUTHZ_DEFAULT);
  }
  DWORD capabilities = now.capabilities & kSettable;
  if (blanket.cloaking) {
    capabilities = (capabilities & ~kCloaking) | *blanket.cloaking;
  }
  const ThreadTokenScope scope(blanket.AsWhenSet());
  // The blanket has no credentials. The calls show the process's identity or, with cloaking, the
  // thread's.
  ThrowIfFailed(security->SetBlanket(proxy, service, authorization, principal, level,
                                     blanket.impersonation_level.value_or(*now.impersonation_level),
                                     nullptr, capabilities),
                "IClientSecurity::SetBlanket");
}

void SetCallBlanket(IUnknown* call_object, const BlanketOptions& blanket) {
  ComPtr<AsyncIMethodCall> calls;
  ThrowIfFailed(call_object->QueryInterface(IID_PPV_ARGS(&calls)), "AsyncIMethodCall");
  SetProxyBlanket(calls.Get(), blanket);
}

ComPtr<IUnknown> CopyProxyPointer(IUnknown* proxy) {
  ComPtr<IUnknown> copy;
  ThrowIfFailed(SecurityOf(proxy)->CopyProxy(proxy, copy.GetAddressOf()),
                "IClientSecurity::CopyProxy");
  return copy;
}

}  // namespace async_com
