#pragma once

#include <windows.h>

#include <functional>
#include <memory>

#include "client/pending_call.h"
#include "client/remote_object.h"

namespace async_com {

// One call of an object by IDispatch. It blocks a client thread until the reply. Any thread may end
// it before that. Windows has no asynchronous IDispatch, and no way to tell a server of IDispatch
// that its call is cancelled.
class RemoteCall final : public PendingCall, public std::enable_shared_from_this<RemoteCall> {
 public:
  // Runs on a client thread.
  using Body = std::function<CallResult(RemoteObject&)>;

  RemoteCall(std::shared_ptr<RemoteObject> object, Body body, Ended ended);

  // Throws std::system_error if no thread can be started, and std::bad_alloc.
  void Start();

  // Ends the call now with RPC_E_CALL_CANCELED. A reply that comes later is dropped. Returns false
  // if the call had ended before.
  bool Cancel() noexcept;
  void EnvironmentEnded() noexcept override { Cancel(); }

 private:
  class RunTask;

  void Run() noexcept;

  const std::shared_ptr<RemoteObject> object_;
  const Body body_;
};

}  // namespace async_com
