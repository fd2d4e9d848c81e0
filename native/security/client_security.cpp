#include "security/client_security.h"

#include <objbase.h>
#include <objidl.h>

#include <utility>

#include "com/win32_error.h"
#include "security/clean_thread.h"
#include "security/worn_level.h"

namespace async_com {

namespace {

struct TaskMemoryFreer {
  void operator()(void* memory) const noexcept { CoTaskMemFree(memory); }
};

constexpr DWORD kCloaking =
    static_cast<DWORD>(EOAC_STATIC_CLOAKING) | static_cast<DWORD>(EOAC_DYNAMIC_CLOAKING);
// What of a proxy's capabilities SetBlanket takes back.
constexpr DWORD kSettable = static_cast<DWORD>(EOAC_MUTUAL_AUTH) |
                            static_cast<DWORD>(EOAC_ANY_AUTHORITY) |
                            static_cast<DWORD>(EOAC_MAKE_FULLSIC) | kCloaking;

ComPtr<IClientSecurity> SecurityOf(IUnknown* proxy) {
  ComPtr<IClientSecurity> security;
  ThrowIfFailed(proxy->QueryInterface(IID_PPV_ARGS(&security)), "IClientSecurity");
  return security;
}

}  // namespace

Blanket Blanket::With(const Blanket& over) const {
  Blanket both = *this;
  if (over.authn_level) both.authn_level = over.authn_level;
  if (over.impersonation_level) both.impersonation_level = over.impersonation_level;
  if (over.server_principal) both.server_principal = over.server_principal;
  if (over.cloaking) {
    both.cloaking = over.cloaking;
    both.as = over.as;
  }
  return both;
}

ProxyBlanket QueryProxyBlanket(IUnknown* proxy) {
  ProxyBlanket blanket;
  OLECHAR* principal = nullptr;
  const HRESULT result = SecurityOf(proxy)->QueryBlanket(
      proxy, &blanket.authn_service, &blanket.authz_service, &principal, &blanket.authn_level,
      &blanket.impersonation_level, nullptr, &blanket.capabilities);
  const std::unique_ptr<OLECHAR, TaskMemoryFreer> owned(principal);
  ThrowIfFailed(result, "IClientSecurity::QueryBlanket");
  if (principal != nullptr) {
    blanket.server_principal = principal;
  }
  return blanket;
}

void SetProxyBlanket(IUnknown* proxy, const Blanket& blanket) {
  const ComPtr<IClientSecurity> security = SecurityOf(proxy);
  const ProxyBlanket now = QueryProxyBlanket(proxy);
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
  const WornToken worn(blanket.AsWhenSet());
  // No credentials of its own: whom it shows is the process or, cloaked, the thread.
  ThrowIfFailed(security->SetBlanket(proxy, service, authorization, principal, level,
                                     blanket.impersonation_level.value_or(now.impersonation_level),
                                     nullptr, capabilities),
                "IClientSecurity::SetBlanket");
}

void SetCallBlanket(IUnknown* call_object, const Blanket& blanket) {
  ComPtr<AsyncIMethodCall> calls;
  ThrowIfFailed(call_object->QueryInterface(IID_PPV_ARGS(&calls)), "AsyncIMethodCall");
  SetProxyBlanket(calls.Get(), blanket);
}

ComPtr<IMethodCall> CopyOfProxy(IMethodCall* proxy) {
  ComPtr<IUnknown> copy;
  ThrowIfFailed(SecurityOf(proxy)->CopyProxy(proxy, copy.GetAddressOf()),
                "IClientSecurity::CopyProxy");
  // A copy is of the interface that was copied, and is no way to ask it for others.
  return Adopt(static_cast<IMethodCall*>(copy.Detach()));
}

ComPtr<IMethodCall> WithBlanket(IMethodCall* proxy, const Blanket& blanket) {
  ComPtr<IMethodCall> own = CopyOfProxy(proxy);
  SetProxyBlanket(own.Get(), blanket);
  return own;
}

CallObjectBlankets TryBlanketOnCallObject(IMethodCall* proxy, const Blanket& blanket) {
  ComPtr<ICallFactory> factory;
  ThrowIfFailed(proxy->QueryInterface(IID_PPV_ARGS(&factory)), "ICallFactory");
  ComPtr<IUnknown> call_object;
  ThrowIfFailed(factory->CreateCall(IID_AsyncIMethodCall, nullptr, IID_AsyncIMethodCall,
                                    call_object.GetAddressOf()),
                "ICallFactory::CreateCall");
  CallObjectBlankets seen;
  seen.before = QueryProxyBlanket(call_object.Get());
  SetProxyBlanket(call_object.Get(), blanket);
  seen.after = QueryProxyBlanket(call_object.Get());
  seen.proxy_after = QueryProxyBlanket(proxy);
  return seen;
}

WornToken::WornToken(const std::shared_ptr<Token>& token) : worn_(token != nullptr) {
  if (worn_) {
    const DWORD error = TryWearToken(*token);
    if (error != ERROR_SUCCESS) {
      throw Win32Error(error, "SetThreadToken");
    }
  }
}

WornToken::~WornToken() {
  // A client thread has no token of its own.
  if (worn_) {
    CleanThreadOrEndProcess();
  }
}

}  // namespace async_com
