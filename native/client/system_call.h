#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <memory>
#include <utility>

#include "client/call_completion.h"
#include "client/peer.h"
#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "threads/task.h"

namespace async_com {

// A call object that COM has made for a proxy: the system's. A call that it makes needs no thread
// while it is in progress. All functions must be called on a thread of the multithreaded apartment,
// unless they say otherwise.
class SystemCall {
 public:
  // Makes a call object. If COM refuses to aggregate it, the call object is its own controlling
  // unknown. Returns a failure if COM makes no call object, or one that lacks an interface.
  // `peer` runs what follows a completion.
  static HRESULT Create(ICallFactory& factory, const std::shared_ptr<Peer>& peer,
                        std::shared_ptr<SystemCall>& call);

  SystemCall(const SystemCall&) = delete;
  SystemCall& operator=(const SystemCall&) = delete;
  // Any thread may call it. The call object is released on an errand thread. If it is aggregated,
  // that is when the call in progress is complete: COM may still call the controlling unknown.
  ~SystemCall();

  IUnknown* Object() const noexcept { return objects_.call.Get(); }

  // May wait for a server that hangs.
  HRESULT Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept;
  // Any thread may call it. Returns whether Begin succeeded and no Finish has ended the call.
  bool IsInProgress() const noexcept { return in_progress_; }

  HRESULT Wait(DWORD milliseconds) noexcept;
  // Waits until the call is complete. A cancelled call may end with RPC_S_CALL_CANCELLED that is
  // not made an HRESULT, which looks like a success. This function makes it one.
  HRESULT Finish(VARIANT* result, CallError* error) noexcept;
  // May wait for the server.
  HRESULT Cancel(ULONG seconds) noexcept;
  HRESULT TestCancel() noexcept;

  // Runs the task on a thread of the peer when the call in progress is complete, or after that
  // time. Called after Begin has returned. A task that cannot run is destroyed.
  //
  // Completion is noticed without a thread by the controlling unknown or, if COM does not aggregate
  // the call object, by its ISynchronizeHandle. Only if it has neither, a client thread waits.
  void WhenComplete(std::unique_ptr<Task> task, DWORD milliseconds = INFINITE) noexcept;

 private:
  class HandleWait;

  struct Objects {
    ComPtr<IUnknown> call;
    ComPtr<AsyncIMethodCall> asynchronous;
    ComPtr<ISynchronize> synchronize;
    ComPtr<ICancelMethodCalls> cancel;

    HRESULT Find() noexcept;
    void Release() noexcept;
  };

  SystemCall(std::shared_ptr<Peer> peer, Objects objects,
             std::shared_ptr<CallCompletion> completion) noexcept
      : peer_(std::move(peer)), objects_(std::move(objects)), completion_(std::move(completion)) {}

  const std::shared_ptr<Peer> peer_;
  Objects objects_;
  const std::shared_ptr<CallCompletion> completion_;  // null if the call object is not aggregated
  std::atomic<bool> in_progress_{false};
};

}  // namespace async_com
