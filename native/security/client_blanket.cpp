#include "security/client_blanket.h"

#include <objbase.h>

#include <memory>
#include <optional>

#include "call/fault.h"
#include "com/ref_count.h"
#include "com/win32_error.h"
#include "security/call_security.h"

namespace async_com {

namespace {

struct TaskMemoryFreer {
  void operator()(void* memory) const noexcept { CoTaskMemFree(memory); }
};

// What RPC_AUTHZ_HANDLE points to for these services is the client's name.
bool NamesItsClient(DWORD authn_service) noexcept {
  return authn_service == RPC_C_AUTHN_WINNT || authn_service == RPC_C_AUTHN_GSS_KERBEROS ||
         authn_service == RPC_C_AUTHN_GSS_NEGOTIATE;
}

}  // namespace

ClientBlanket QueryClientBlanket(IServerSecurity* security) {
  // The client's name is RPC's until the call completes: nobody completes it while it is copied.
  ComPtr<IServerSecurity> context(security);
  if (security == nullptr) {
    ThrowIfFailed(CoGetCallContext(IID_PPV_ARGS(&context)), "CoQueryClientBlanket");
  }
  std::optional<Gate::Entry> inside;
  if (CallSecurity* const ours = CallSecurity::From(context.Get())) {
    inside.emplace(ours->CallGate());
  }
  ClientBlanket blanket;
  OLECHAR* principal = nullptr;
  void* client = nullptr;
  // The impersonation level is a client's matter: its parameter must be null here.
  const HRESULT result =
      security != nullptr
          ? security->QueryBlanket(&blanket.authn_service, &blanket.authz_service, &principal,
                                   &blanket.authn_level, nullptr, &client, &blanket.capabilities)
          : CoQueryClientBlanket(&blanket.authn_service, &blanket.authz_service, &principal,
                                 &blanket.authn_level, nullptr, &client, &blanket.capabilities);
  const std::unique_ptr<OLECHAR, TaskMemoryFreer> owned(principal);
  ThrowIfFailed(result,
                security != nullptr ? "IServerSecurity::QueryBlanket" : "CoQueryClientBlanket");
  if (principal != nullptr) {
    blanket.server_principal = principal;
  }
  if (client != nullptr && NamesItsClient(blanket.authn_service)) {
    blanket.client = static_cast<const wchar_t*>(client);
  }
  if (FaultIs(Fault::kWrongClientBlanket)) {
    blanket.authn_service = RPC_C_AUTHN_NONE;
    blanket.authn_level = RPC_C_AUTHN_LEVEL_NONE;
  }
  return blanket;
}

}  // namespace async_com
