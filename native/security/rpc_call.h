#pragma once

#include <objidl.h>
#include <windows.h>

#include <rpc.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "com/seam.h"
#include "security/gate.h"
#include "security/rpc_notifications.h"

namespace async_com {

// The RPC call by which a COM call reached this process. It knows on which thread the call came,
// and it does the actual impersonation of the client. The ServerCall and, over the bridge, its
// ServerSecurity share it. Any thread may use it until it is closed, which happens when the COM
// call is signalled. After that nothing of RPC is touched.
class RpcCall {
 public:
  // Returns the call that is running on the calling thread. If there is none, Impersonate and
  // QueryBlanket return RPC_E_CALL_COMPLETE.
  static std::shared_ptr<RpcCall> OfThisThread();
  // Returns the object for a call that did not come by RPC.
  static std::shared_ptr<RpcCall> None();

  RpcCall(const RpcCall&) = delete;
  RpcCall& operator=(const RpcCall&) = delete;
  ~RpcCall() = default;

  DWORD ThreadId() const noexcept { return thread_id_; }

  // Tells the client's connections apart. Must not be used as a handle.
  const void* Connection() const noexcept { return handle_; }

  // When this returns, no thread uses the call any more, and none can. Must not be called by a
  // thread that is using it.
  void Close() noexcept;

  // Keeps the call open while it lives, so that its owner may use what the call has allocated. It
  // is false if the call is closed.
  class Use {
   public:
    explicit Use(RpcCall& call) noexcept : entry_(call.gate_) {}
    explicit operator bool() const noexcept { return static_cast<bool>(entry_); }

   private:
    Gate::Entry entry_;
  };

  // Functions that need the call take the Use that keeps it open.

  // Puts the client's token on the calling thread. S_OK does not promise that the thread has a
  // token: check the thread.
  HRESULT Impersonate(const Use& use) noexcept;

  // IServerSecurity::QueryBlanket.
  HRESULT QueryBlanket(const Use& use, DWORD* authn_service, DWORD* authz_service,
                       OLECHAR** server_principal, DWORD* authn_level, DWORD* impersonation_level,
                       void** privileges, DWORD* capabilities) noexcept;

  // Who made the call.
  struct Client {
    enum class Kind {
      kNone,       // no other process: the call is closed, or came from this one
      kProcess,    // a process of this computer
      kGone,       // a process of this computer that has ended
      kElsewhere,  // a client on another computer
    };
    Kind kind = Kind::kNone;
    DWORD process_id = 0;  // only for kProcess
  };
  Client GetClient() noexcept;

  // Calls `told` for each notification of RPC about this call, until the call is closed. Has an
  // effect only the first time. Throws as RpcNotifications::Subscribe does.
  void Subscribe(ToldRpcNotification told);

 private:
  RpcCall(RPC_BINDING_HANDLE handle, ComPtr<IServerSecurity> context);

  const RPC_BINDING_HANDLE handle_;  // null if there is no RPC call
  const DWORD thread_id_;
  Gate gate_;
  std::atomic<bool> subscribed_{false};
  RpcNotifications notifications_;  // used by who has set `subscribed_`, and then by Close
  Lock closing_;
  ComPtr<IServerSecurity> context_;  // COM's own call context, if COM has one on the RPC thread
};

// Returns the handle of the RPC call that runs on the calling thread, or null if there is none.
extern Seam<RPC_BINDING_HANDLE()> current_rpc_call;

}  // namespace async_com
