#pragma once

#include <windows.h>

#include <objidl.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "client/call_group.h"
#include "client/connection.h"
#include "client/system_call.h"
#include "com/com_ptr.h"
#include "com/lock.h"
#include "value/call_result.h"

namespace async_com {

// A call object of a client, used step by step through COM's own interfaces. It is COM's or, if COM
// has none, a ClientCallObject. If it is COM's, no thread waits while a call is in progress.
class ClientCall final : public GroupedCall, public std::enable_shared_from_this<ClientCall> {
 public:
  // Must be called on a thread of the multithreaded apartment, which it may block. Throws
  // ComFailure.
  explicit ClientCall(std::shared_ptr<Connection> connection);
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;
  // Any thread may call it. The call object is released on another thread.
  ~ClientCall();

  Connection& GetConnection() const noexcept { return *connection_; }

  // Returns whether the call object is COM's.
  bool IsSystemCall() noexcept { return System() != nullptr; }

  // Must be called on a thread of the multithreaded apartment, which it may block.
  HRESULT Begin(const Bstr& method, const SafeArray& arguments) noexcept;

  // Any thread may call these two functions. `done` runs on a thread of the peer. If none is
  // available, it is destroyed and never runs. They throw std::system_error and std::bad_alloc.
  //
  // With COM's call object, Wait gives what COM answers. There is one exception: a wait without end
  // gives RPC_E_CALL_COMPLETE if no call is in progress and COM would wait, because nothing would
  // end that wait.
  void Wait(DWORD milliseconds, std::function<void(HRESULT)> done);
  // If the call failed, the result's `hresult` is the failure.
  void Finish(std::function<void(CallResult)> done);

  // Must be called on a thread of the multithreaded apartment, which it may block.
  HRESULT Cancel(ULONG seconds) noexcept;
  HRESULT TestCancel() noexcept;

  void EnvironmentEnded() noexcept override;

 private:
  // A ClientCallObject's interfaces.
  struct Own {
    explicit Own(const std::shared_ptr<Connection>& connection);

    ComPtr<IUnknown> call;
    ComPtr<AsyncIMethodCall> asynchronous;
    ComPtr<ISynchronize> synchronize;
    ComPtr<ICancelMethodCalls> cancel;
  };

  std::shared_ptr<SystemCall> System() noexcept;
  std::shared_ptr<Own> OwnObject() noexcept;
  CallResult FinishSystemCall(SystemCall& system) noexcept;

  const std::shared_ptr<Connection> connection_;
  Lock mutex_;
  std::shared_ptr<SystemCall> system_;  // null if COM has no call object for the server
  std::shared_ptr<Own> own_;            // null if `system_` is not
  std::optional<GUID> cancel_id_;       // the id of the call that was begun last
};

}  // namespace async_com
