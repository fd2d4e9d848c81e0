#pragma once

#include <objidl.h>
#include <windows.h>

#include <memory>

namespace async_com {

// What really impersonates the client of an incoming call, from any thread, until the call's reply.
class ClientIdentity {
 public:
  virtual ~ClientIdentity() = default;

  // Puts the client's token on the calling thread. S_OK is no promise that a token came: look.
  virtual HRESULT Impersonate() noexcept = 0;

  // IServerSecurity::QueryBlanket.
  virtual HRESULT QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                               OLECHAR** server_principal, DWORD* authn_level, DWORD* imp_level,
                               void** privileges, DWORD* capabilities) noexcept = 0;
};

// The identity behind the call that is running on the calling RPC thread: through the call context
// that COM has put there or, where it puts none, through the RPC call's handle. Never null; without
// a call on this thread (a caller in our own apartment) both methods answer RPC_E_CALL_COMPLETE.
std::unique_ptr<ClientIdentity> CaptureClientIdentity();

}  // namespace async_com
