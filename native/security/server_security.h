#pragma once

#include <objidl.h>
#include <windows.h>

#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "com/object.h"
#include "com/seam.h"
#include "security/rpc_call.h"
#include "security/token.h"

namespace async_com {

// The IServerSecurity of a call that came over the bridge. It is also the call context of the
// thread that Begin_ runs on. It keeps the promises IMP-1 to IMP-18 on every host, because it does
// these things itself:
//
// - Signal closes the RPC call, so nobody impersonates the client afterwards.
// - After impersonating it checks the thread's token, and fails if there is none.
// - At the first ImpersonateClient it saves the thread's earlier token, and RevertToSelf puts that
//   token back. So reverting does not need the call and works after Signal.
//
// Any thread may use it. What it remembers of a thread applies to that thread alone.
class ServerSecurity : public ComObject<IServerSecurity> {
 public:
  // Returns null if the context is not a ServerSecurity. Adds no reference.
  static ServerSecurity* From(IUnknown* context) noexcept;

  explicit ServerSecurity(std::shared_ptr<RpcCall> rpc_call);

  const std::shared_ptr<RpcCall>& GetRpcCall() const noexcept { return rpc_call_; }

  // EnterBegin is called on Begin_'s thread before Begin_ runs, LeaveBegin after Begin_ has
  // returned. In between this object is the thread's call context. LeaveBegin forgets what was
  // remembered of the thread. If a token is still on the thread, the caller must remove it.
  virtual HRESULT EnterBegin() noexcept;
  virtual void LeaveBegin() noexcept;

  // The call is complete. When this returns, no thread is inside ImpersonateClient, and
  // ImpersonateClient can no longer succeed. A token that is on a thread stays there.
  virtual void CallSignalled() noexcept;

  // IServerSecurity
  HRESULT STDMETHODCALLTYPE QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** server_principal, DWORD* authn_level,
                                         DWORD* impersonation_level, void** privileges,
                                         DWORD* capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE ImpersonateClient() noexcept override;
  HRESULT STDMETHODCALLTYPE RevertToSelf() noexcept override;
  BOOL STDMETHODCALLTYPE IsImpersonating() noexcept override;

 protected:
  void* Find(REFIID iid) noexcept override;

 private:
  // A thread that impersonates, and the token that the client's token replaced there.
  struct Impersonator {
    DWORD thread_id = 0;
    Token earlier;  // empty if the thread had none
  };

  HRESULT Impersonate();
  std::vector<Impersonator>::iterator FindThread(DWORD thread_id) noexcept;

  const std::shared_ptr<RpcCall> rpc_call_;
  IUnknown* replaced_context_ = nullptr;
  Lock mutex_;
  std::vector<Impersonator> impersonators_;
};

// Makes the IServerSecurity of one call.
extern Seam<ComPtr<ServerSecurity>(std::shared_ptr<RpcCall>)> make_server_security;

}  // namespace async_com
