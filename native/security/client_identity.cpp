#include "security/client_identity.h"

#include <objbase.h>
#include <rpc.h>
#include <rpcdcep.h>

#include <cstring>
#include <cwchar>
#include <utility>

#include "com/ref_count.h"

namespace async_com {

namespace {

class ContextIdentity final : public ClientIdentity {
 public:
  explicit ContextIdentity(ComPtr<IServerSecurity> security) : security_(std::move(security)) {}

  HRESULT Impersonate() noexcept override { return security_->ImpersonateClient(); }

  HRESULT QueryBlanket(DWORD* authn_service, DWORD* authz_service, OLECHAR** server_principal,
                       DWORD* authn_level, DWORD* imp_level, void** privileges,
                       DWORD* capabilities) noexcept override {
    return security_->QueryBlanket(authn_service, authz_service, server_principal, authn_level,
                                   imp_level, privileges, capabilities);
  }

 private:
  ComPtr<IServerSecurity> security_;
};

// Copies what RPC allocated into what COM callers free.
HRESULT MoveToTaskMemory(RPC_WSTR& rpc_string, OLECHAR** out) noexcept {
  const auto* text = reinterpret_cast<const wchar_t*>(rpc_string);
  const std::size_t bytes = (std::wcslen(text) + 1) * sizeof(wchar_t);
  *out = static_cast<OLECHAR*>(CoTaskMemAlloc(bytes));
  if (*out != nullptr) {
    std::memcpy(*out, text, bytes);
  }
  RpcStringFreeW(&rpc_string);
  return *out == nullptr ? E_OUTOFMEMORY : S_OK;
}

class RpcCallIdentity final : public ClientIdentity {
 public:
  explicit RpcCallIdentity(RPC_BINDING_HANDLE call) : call_(call) {}

  HRESULT Impersonate() noexcept override { return FromStatus(RpcImpersonateClient(call_)); }

  HRESULT QueryBlanket(DWORD* authn_service, DWORD* authz_service, OLECHAR** server_principal,
                       DWORD* authn_level, DWORD* imp_level, void** privileges,
                       DWORD* capabilities) noexcept override {
    if (server_principal != nullptr) {
      *server_principal = nullptr;
    }
    RPC_AUTHZ_HANDLE client = nullptr;
    RPC_WSTR principal = nullptr;
    unsigned long level = 0;
    unsigned long service = 0;
    unsigned long authorization = 0;
    const RPC_STATUS status =
        RpcBindingInqAuthClientW(call_, &client, server_principal == nullptr ? nullptr : &principal,
                                 &level, &service, &authorization);
    if (status != RPC_S_OK) {
      return FromStatus(status);
    }
    if (principal != nullptr) {
      const HRESULT moved = MoveToTaskMemory(principal, server_principal);
      if (FAILED(moved)) {
        return moved;
      }
    }
    Set(authn_service, service);
    Set(authz_service, authorization);
    Set(authn_level, level);
    Set(imp_level, static_cast<unsigned long>(RPC_C_IMP_LEVEL_DEFAULT));
    Set(capabilities, static_cast<unsigned long>(EOAC_NONE));
    if (privileges != nullptr) {
      *privileges = client;
    }
    return S_OK;
  }

 private:
  static HRESULT FromStatus(RPC_STATUS status) noexcept {
    return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
  }
  static void Set(DWORD* out, unsigned long value) noexcept {
    if (out != nullptr) {
      *out = value;
    }
  }

  RPC_BINDING_HANDLE call_;
};

class NoIdentity final : public ClientIdentity {
 public:
  HRESULT Impersonate() noexcept override { return RPC_E_CALL_COMPLETE; }
  HRESULT QueryBlanket(DWORD*, DWORD*, OLECHAR** server_principal, DWORD*, DWORD*, void**,
                       DWORD*) noexcept override {
    if (server_principal != nullptr) {
      *server_principal = nullptr;
    }
    return RPC_E_CALL_COMPLETE;
  }
};

}  // namespace

std::unique_ptr<ClientIdentity> CaptureClientIdentity() {
  ComPtr<IServerSecurity> security;
  if (SUCCEEDED(CoGetCallContext(IID_PPV_ARGS(&security)))) {
    return std::make_unique<ContextIdentity>(std::move(security));
  }
  if (RPC_BINDING_HANDLE call = I_RpcGetCurrentCallHandle()) {
    return std::make_unique<RpcCallIdentity>(call);
  }
  return std::make_unique<NoIdentity>();
}

}  // namespace async_com
