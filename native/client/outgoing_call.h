#pragma once

#include <windows.h>

#include <objidl.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "client/connection.h"
#include "com/com_ptr.h"
#include "com/lock.h"
#include "value/call_result.h"

namespace async_com {

// One call that this process makes to a server object. It blocks a client thread until the reply.
// Any thread may end it before that.
class OutgoingCall : public std::enable_shared_from_this<OutgoingCall> {
 public:
  // Called once, with the reply or with the reason why there is none, on the thread that has it.
  using Ended = std::function<void(CallResult)>;
  // Which of the interface's two forms the client uses. The server cannot tell them apart.
  enum class Form { kAsynchronousIfOffered, kSynchronous };

  // `blanket` is for this call alone.
  OutgoingCall(std::shared_ptr<Connection> connection, Bstr method, SafeArray arguments,
               BlanketOptions blanket, Form form, Ended ended);

  // Called before Start, to give the call the id by which the server is told of a cancellation.
  // Without an id the server is not told.
  void MakeCancellable();
  void CancelIdIs(const GUID& cancel_id) { cancel_id_ = cancel_id; }

  // Any thread may call it. Throws std::system_error if no thread can be started.
  void Start();

  // Any thread may call it. Ends the call now with RPC_E_CALL_CANCELED, and tells the server. A
  // reply that comes later is dropped. Returns false if the call had ended before.
  bool Cancel() noexcept;

 private:
  class RunTask;

  void Run() noexcept;
  CallResult CallSynchronously();
  CallResult CallAsynchronously();
  bool HasEnded() noexcept;
  bool End(CallResult result) noexcept;

  const std::shared_ptr<Connection> connection_;
  const Bstr method_;
  const SafeArray arguments_;
  const BlanketOptions blanket_;
  const Form form_;
  std::optional<GUID> cancel_id_;

  Lock mutex_;
  Ended ended_;                             // empty once it was called
  ComPtr<ICancelMethodCalls> system_call_;  // set while COM's call object waits
};

}  // namespace async_com
