#pragma once

#include <objidl.h>
#include <windows.h>

#include <rpc.h>

#include <memory>
#include <mutex>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "security/gate.h"

namespace async_com {

// The RPC call by which a COM call reached this process: on which thread, and what really
// impersonates its client. Any thread may use it until it is closed, which happens as the COM call
// is signalled; after that nothing of RPC is touched.
class RpcCall {
 public:
  // The call that is running on the calling thread. Where there is none, every question is answered
  // with RPC_E_CALL_COMPLETE.
  static std::shared_ptr<RpcCall> OfThisThread();
  // For a call that did not come by RPC.
  static std::shared_ptr<RpcCall> None();

  RpcCall(const RpcCall&) = delete;
  RpcCall& operator=(const RpcCall&) = delete;
  ~RpcCall() = default;

  DWORD ThreadId() const noexcept { return thread_id_; }

  // Tells the client's connections apart. Not to be used as a handle.
  const void* Connection() const noexcept { return handle_; }

  // When this returns nobody uses the call any more, and nobody can. Not to be called by a thread
  // that is using it.
  void Close() noexcept;

  // The time in which its owner may use what the call has allocated.
  class Use {
   public:
    explicit Use(RpcCall& call) noexcept : entry_(call.gate_) {}
    explicit operator bool() const noexcept { return static_cast<bool>(entry_); }

   private:
    Gate::Entry entry_;
  };

  // What needs the call takes the Use that keeps it open.

  // Puts the client's token on the calling thread. S_OK is no promise that a token came: look.
  HRESULT Impersonate(const Use& use) noexcept;

  // IServerSecurity::QueryBlanket.
  HRESULT QueryBlanket(const Use& use, DWORD* authn_service, DWORD* authz_service,
                       OLECHAR** server_principal, DWORD* authn_level, DWORD* impersonation_level,
                       void** privileges, DWORD* capabilities) noexcept;

  // Who made the call.
  struct Client {
    enum class Kind {
      kNone,       // nobody else: the call is closed, or came from this very process
      kProcess,    // a process of this computer
      kGone,       // one that has ended
      kElsewhere,  // somebody on another computer
    };
    Kind kind = Kind::kNone;
    DWORD process_id = 0;  // of kProcess
  };
  Client GetClient() noexcept;

 private:
  RpcCall(RPC_BINDING_HANDLE handle, ComPtr<IServerSecurity> context);

  const RPC_BINDING_HANDLE handle_;  // null: no RPC call
  const DWORD thread_id_;
  Gate gate_;
  Lock closing_;
  ComPtr<IServerSecurity> context_;  // COM's own, where it puts one on the RPC thread
};

}  // namespace async_com
