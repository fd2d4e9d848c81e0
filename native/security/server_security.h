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

// The IServerSecurity of a call that came over the bridge, and its call context on the thread that
// Begin_ runs on. It keeps the promises IMP-1 to IMP-17 on every host by what it does itself:
//
// - the RPC call is closed by Signal, so that nobody impersonates its client afterwards;
// - it looks at the thread after impersonating, and fails if no token came;
// - it saves the thread's earlier token at the first ImpersonateClient, and RevertToSelf puts it
//   back. So reverting needs nothing of the call and works after Signal.
//
// Any thread may use it; what a thread did is remembered for that thread alone.
class ServerSecurity : public ComObject<IServerSecurity> {
 public:
  // Null where the context is not one of these. Holds no reference.
  static ServerSecurity* From(IUnknown* context) noexcept;

  explicit ServerSecurity(std::shared_ptr<RpcCall> rpc_call);

  const std::shared_ptr<RpcCall>& GetRpcCall() const noexcept { return rpc_call_; }

  // Begin_ starts, and has returned, on the calling thread: in between this is the thread's call
  // context. When Begin_ has returned, the thread's part is forgotten; a token that is still on the
  // thread is for the caller to take off.
  virtual HRESULT EnterBegin() noexcept;
  virtual void LeaveBegin() noexcept;

  // The call is complete: when this returns nobody impersonates its client any more and nobody can.
  // A token that is on a thread stays there.
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
  // What the client's token replaced on a thread.
  struct Impersonator {
    DWORD thread_id = 0;
    Token earlier;  // empty: the thread had none
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
