#pragma once

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include <mutex>
#include <string>
#include <vector>

#include "com/lock.h"
#include "com/object.h"
#include "security/token.h"
#include "testing/double/behaviour.h"

namespace async_com {

// The call context that the double puts on Begin_'s thread: an IServerSecurity as COM's is
// documented. It really impersonates the client. Any thread may use it.
//
// https://learn.microsoft.com/windows/win32/com/impersonation-and-asynchronous-calls
class CallContext final : public ComObject<IServerSecurity> {
 public:
  // `call` is used until the call is complete.
  CallContext(RPC_BINDING_HANDLE call, Behaviour behaviour) : call_(call), behaviour_(behaviour) {}

  // When this returns, no thread uses the RPC call any more, and none will. No token is removed.
  void Complete() noexcept;

  // Called on Begin_'s thread when Begin_ has returned. If the thread impersonates, this puts back
  // what was on it before.
  void BeginReturned() noexcept;

  // IServerSecurity
  HRESULT STDMETHODCALLTYPE QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** server_principal, DWORD* authn_level,
                                         DWORD* impersonation_level, void** privileges,
                                         DWORD* capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE ImpersonateClient() noexcept override;
  HRESULT STDMETHODCALLTYPE RevertToSelf() noexcept override;
  BOOL STDMETHODCALLTYPE IsImpersonating() noexcept override;

 private:
  struct Impersonator {
    DWORD thread_id = 0;
    Token before;  // empty if the thread had no token
  };

  // Called under the lock.
  std::vector<Impersonator>::iterator ThisThread() noexcept;
  HRESULT RefusalOfCompleteCall() const noexcept;
  HRESULT Impersonate();
  HRESULT Revert() noexcept;

  const RPC_BINDING_HANDLE call_;
  const Behaviour behaviour_;
  // Held while the RPC call is used, so Complete waits for that.
  Lock mutex_;
  bool complete_ = false;
  std::vector<Impersonator> impersonators_;
  std::wstring client_;  // belongs to the call, as the name that QueryBlanket returns does
};

}  // namespace async_com
