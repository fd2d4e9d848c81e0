#include "security/blanket.h"

#include <objbase.h>

#include <optional>

#include "com/com_ptr.h"
#include "com/task_memory.h"
#include "com/win32_error.h"
#include "security/server_security.h"

namespace async_com {

namespace {

// Returns whether the RPC_AUTHZ_HANDLE of this authentication service points to the client's name,
// if the client is on this computer. For other clients a SEC_WINNT_AUTH_IDENTITY is documented.
// https://learn.microsoft.com/windows/win32/api/objidl/nf-objidl-iserversecurity-queryblanket
bool NamesItsLocalClient(DWORD authn_service) noexcept {
  return authn_service == RPC_C_AUTHN_WINNT || authn_service == RPC_C_AUTHN_GSS_KERBEROS ||
         authn_service == RPC_C_AUTHN_GSS_NEGOTIATE;
}

// Returns false if the client of the call is on another computer, or if that is unknown.
bool IsLocal(RpcCall& call) noexcept {
  const RpcCall::Client::Kind kind = call.GetClient().kind;
  return kind == RpcCall::Client::Kind::kProcess || kind == RpcCall::Client::Kind::kGone;
}

Blanket QueryClientBlanket(IServerSecurity* security) {
  // The client's name belongs to RPC until the call completes. Holding the RPC call open keeps the
  // call from completing while the name is copied.
  ComPtr<IServerSecurity> context(security);
  if (security == nullptr) {
    ThrowIfFailed(CoGetCallContext(IID_PPV_ARGS(&context)), "CoQueryClientBlanket");
  }
  std::optional<RpcCall::Use> use;
  const ServerSecurity* const ours = ServerSecurity::From(context.Get());
  const auto call = ours != nullptr ? ours->GetRpcCall() : RpcCall::OfThisThread();
  const bool local = IsLocal(*call);
  if (ours != nullptr) {
    use.emplace(*call);
  }
  Blanket blanket;
  OLECHAR* principal = nullptr;
  void* client = nullptr;
  // The server cannot ask for the impersonation level, so its parameter must be null here.
  const HRESULT result =
      security != nullptr
          ? security->QueryBlanket(&blanket.authn_service, &blanket.authz_service, &principal,
                                   &blanket.authn_level, nullptr, &client, &blanket.capabilities)
          : CoQueryClientBlanket(&blanket.authn_service, &blanket.authz_service, &principal,
                                 &blanket.authn_level, nullptr, &client, &blanket.capabilities);
  const TaskString owned(principal);
  ThrowIfFailed(result,
                security != nullptr ? "IServerSecurity::QueryBlanket" : "CoQueryClientBlanket");
  if (principal != nullptr) {
    blanket.server_principal = principal;
  }
  if (client != nullptr && local && NamesItsLocalClient(blanket.authn_service)) {
    blanket.client = static_cast<const wchar_t*>(client);
  }
  return blanket;
}

}  // namespace

constinit Seam<Blanket(IServerSecurity* security)> query_client_blanket(QueryClientBlanket);

}  // namespace async_com
