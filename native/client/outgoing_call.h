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

// One call to a server object, from its client's side: blocks a client thread until the reply, and
// can be ended before that by anybody.
class OutgoingCall : public std::enable_shared_from_this<OutgoingCall> {
 public:
  // Told once, with the reply or with why there is none, on the thread that has it.
  using Ended = std::function<void(CallResult)>;
  // Which of the interface's two forms the client uses. They are the same to the server.
  enum class Form { kAsynchronousIfOffered, kSynchronous };

  // `blanket` is this call's alone.
  OutgoingCall(std::shared_ptr<Connection> connection, Bstr method, SafeArray arguments,
               BlanketOptions blanket, Form form, Ended ended);

  // Before Start: the id by which the server is told of a cancellation. Without one it is not.
  void MakeCancellable();
  void CancelIdIs(const GUID& cancel_id) { cancel_id_ = cancel_id; }

  // Any thread. Throws std::system_error when no thread can be had.
  void Start();

  // Any thread: ends the call now with RPC_E_CALL_CANCELED, and tells the server. A reply that
  // comes later is dropped. False when it had ended before.
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
  Ended ended_;                             // empty once it was told
  ComPtr<ICancelMethodCalls> system_call_;  // while the system's call object waits
};

}  // namespace async_com
