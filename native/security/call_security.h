#pragma once

#include <objidl.h>
#include <windows.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"
#include "com/ref_count.h"
#include "security/client_identity.h"
#include "security/gate.h"
#include "security/token.h"

namespace async_com {

class Call;

// The IServerSecurity of a call that came over the bridge, and its call context on the Begin_
// thread. It keeps the promises IMP-1 to IMP-17 on every host by what it does itself:
//
// - one gate a call, closed by Signal, in front of whatever really impersonates;
// - a look at the thread after impersonating, which fails if no token came;
// - the thread's earlier token, saved at the first ImpersonateClient and put back by RevertToSelf,
//   so that reverting needs nothing of the call and works after Signal.
//
// Any thread may use it; what a thread did is remembered for that thread alone.
class CallSecurity final : public IServerSecurity {
 public:
  // IID under which this class, and no other call context, hands out itself.
  static const IID kIid;

  // Null where the pointer is another's. Holds no reference.
  static CallSecurity* From(IUnknown* context) noexcept;

  explicit CallSecurity(std::unique_ptr<ClientIdentity> identity);
  CallSecurity(const CallSecurity&) = delete;
  CallSecurity& operator=(const CallSecurity&) = delete;

  // On the RPC thread that brought the call, before any other use.
  void RpcThreadIs(DWORD thread_id) noexcept { rpc_thread_ = thread_id; }
  DWORD RpcThread() const noexcept { return rpc_thread_; }

  // The client's process; 0 where it is not known.
  void ClientProcessIs(DWORD process) noexcept { client_process_ = process; }
  DWORD ClientProcess() const noexcept { return client_process_; }

  // Begin_ starts and returns on the calling thread.
  void BeginStarts() noexcept;
  void BeginReturned() noexcept;

  // The call is complete: when this returns nobody impersonates its client any more and nobody can.
  // A token that is on a thread stays there.
  void CallSignalled() noexcept;

  // Who is inside may use what the call's identity gives, until it leaves: see CallSignalled.
  Gate& CallGate() noexcept { return gate_; }

  // The calling thread has done its work for the call: its part is forgotten, and its token, if it
  // did not revert, is for the caller to take off.
  void ForgetThisThread() noexcept;

  // The call this is the security of, from its Begin_Call on.
  void CallIs(std::shared_ptr<Call> call) noexcept { call_ = std::move(call); }
  std::shared_ptr<Call> TakeCall() noexcept { return std::move(call_); }

  // IUnknown
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;

  // IServerSecurity
  HRESULT STDMETHODCALLTYPE QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** server_principal, DWORD* authn_level,
                                         DWORD* imp_level, void** privileges,
                                         DWORD* capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE ImpersonateClient() noexcept override;
  HRESULT STDMETHODCALLTYPE RevertToSelf() noexcept override;
  BOOL STDMETHODCALLTYPE IsImpersonating() noexcept override;

 private:
  // What the client's token replaced on a thread.
  struct Impersonator {
    DWORD thread_id = 0;
    Token earlier;  // empty: the thread had none
  };

  ~CallSecurity();

  HRESULT Impersonate();
  bool IsBeginThread() const noexcept;
  std::vector<Impersonator>::iterator Find(DWORD thread_id) noexcept;

  RefCount references_;
  std::unique_ptr<ClientIdentity> identity_;
  std::shared_ptr<Call> call_;
  Gate gate_;
  DWORD rpc_thread_ = 0;
  DWORD client_process_ = 0;
  std::atomic<DWORD> begin_thread_{0};
  Lock mutex_;
  std::vector<Impersonator> impersonators_;
};

}  // namespace async_com
