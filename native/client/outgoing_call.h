#pragma once

#include <windows.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "client/connection.h"
#include "client/in_flight.h"
#include "client/pending_call.h"
#include "client/system_call.h"
#include "com/lock.h"
#include "value/call_result.h"

namespace async_com {

// One call that this process makes to a server object. With COM's own call object, a client thread
// begins it, and another one finishes it when it is complete. Otherwise it blocks a client thread
// until the reply. Any thread may end it before that.
class OutgoingCall final : public PendingCall, public std::enable_shared_from_this<OutgoingCall> {
 public:
  // Which of the interface's two forms the client uses. The server cannot tell them apart.
  enum class Form { kAsynchronousIfOffered, kSynchronous };

  // `blanket` is for this call alone.
  OutgoingCall(std::shared_ptr<Connection> connection, Bstr method, SafeArray arguments,
               BlanketOptions blanket, Form form, Ended ended);

  // Called before Start, to give the call the id by which the server is told of a cancellation.
  // Without an id the server is not told.
  void MakeCancellable();
  void CancelIdIs(const GUID& cancel_id) { cancel_id_ = cancel_id; }

  // Any thread may call it. Throws std::system_error if no thread can be started, and
  // std::bad_alloc.
  void Start();

  // Any thread may call it. Ends the call now with RPC_E_CALL_CANCELED, and tells the server. A
  // reply that comes later is dropped. Returns false if the call had ended before.
  bool Cancel() noexcept;
  void EnvironmentEnded() noexcept override { Cancel(); }

 private:
  class RunTask;
  class BeginTask;
  class FinishTask;

  void StartSynchronous();
  void StartAsynchronous();
  void Run() noexcept;
  CallResult CallSynchronously();
  void Begin(InFlight::Place place) noexcept;
  HRESULT BeginSystemCall(std::shared_ptr<SystemCall>& call);
  void Finish(SystemCall& call) noexcept;
  template <typename Body>
  void RunErrand(Body body) noexcept;

  const std::shared_ptr<Connection> connection_;
  const Bstr method_;
  const SafeArray arguments_;
  const BlanketOptions blanket_;
  const Form form_;
  std::optional<GUID> cancel_id_;

  Lock mutex_;
  std::shared_ptr<SystemCall> system_call_;  // set from Begin_'s return until the call is complete
};

}  // namespace async_com
