#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "call/call_result.h"
#include "call/mailbox.h"
#include "com/lock.h"
#include "com/ref_count.h"
#include "security/token_description.h"

namespace async_com {

class ObjectCalls;
class Server;

// Which way a call took to the call object (design: "One call, end to end").
enum class CallPath { kSystem, kBridge };

// What was on Begin_'s thread when Begin_ returned, and after that.
struct BeginReturn {
  DWORD thread_id = 0;
  SeenToken found;  // at the return, before anything was taken off
  // After the return, seen on the thread; only over the bridge, where the thread is ours.
  std::optional<SeenToken> after;
  HRESULT call_context = S_OK;  // CoGetCallContext's answer then
};

// One call in progress: from Begin_Call until it is signalled and Begin_ has returned. The server
// call object, the Begin_ thread and JavaScript share it.
//
// Begin_ stays on its thread, serving Begin(), until somebody lets it return. Signal happens once,
// on the Begin_ thread or, when Begin_ has returned or the caller asks for it, on a completion
// thread. Nothing here waits for JavaScript but Begin_ itself.
class Call : public std::enable_shared_from_this<Call> {
 public:
  enum class SignalOn { kBeginThread, kCompletionThread };
  using Signalled = std::function<void(HRESULT)>;

  Call(std::shared_ptr<Server> server, BSTR method, SAFEARRAY* arguments,
       ComPtr<ISynchronize> synchronize, ComPtr<IServerSecurity> security, CallPath path);

  // Runs Begin_ on the calling thread. A failure means that the call never began.
  HRESULT RunBegin() noexcept;
  // Before RunBegin: who is told when the call is over.
  void EnteredIn(std::shared_ptr<ObjectCalls> calls) noexcept { object_calls_ = std::move(calls); }
  // After RunBegin, once the thread is as it will be for its next call.
  void BeginReturned(BeginReturn report) noexcept;

  std::uint64_t Id() const noexcept { return id_; }
  CallPath Path() const noexcept { return path_; }
  DWORD BeginThread() const noexcept { return begin_thread_; }
  DWORD RpcThread() const noexcept { return rpc_thread_; }
  void RpcThreadIs(DWORD thread_id) noexcept { rpc_thread_ = thread_id; }

  // The caller's own, valid until the first Complete, End or LetBeginReturn: the JavaScript thread
  // reads them before it does any of these.
  BSTR Method() const noexcept { return method_; }
  SAFEARRAY* Arguments() const noexcept { return arguments_; }

  // The pointer that CoGetCallContext gave inside Begin_. Empty where it gave none, and once the
  // call is over: signalled, and Begin_ returned.
  ComPtr<IServerSecurity> Security() noexcept;

  // A handler has put a token of its own on Begin_'s thread, or is about to.
  void ThreadTokenIsSet() noexcept { thread_token_set_ = true; }
  bool HasSetThreadToken() const noexcept { return thread_token_set_; }

  // Tasks for the Begin_ thread. False, and the task destroyed unrun, once Begin_ has returned.
  bool PostToBegin(std::unique_ptr<Task> task) { return mailbox_.Post(std::move(task)); }
  // Behind the tasks that are posted already.
  void LetBeginReturn();

  // Nobody waits for the answer any more, because of `why`: the handler is told, once. The call
  // goes on until the handler ends it.
  void Cancel(HRESULT why) noexcept;
  // RPC_E_CALL_CANCELED or RPC_E_CLIENT_DIED once it was cancelled; else S_OK.
  HRESULT Cancelled() const noexcept { return cancelled_; }

  // Keeps how the call ends. False when it was already staged; the first result stands.
  bool Stage(CallResult result) noexcept;
  bool IsStaged() const noexcept { return staged_; }
  // Signals. A second time only waits until the first is complete. `signalled` is told Signal's
  // HRESULT, on the thread that signalled.
  void Signal(SignalOn thread, Signalled signalled);
  // Stages, signals unless somebody has asked for that, and lets Begin_ return: the usual end.
  void Complete(CallResult result);

  // For Finish_Call. False when nothing is staged.
  bool TakeResult(CallResult& result) noexcept;

  // Runs `told` with the report when Begin_ has returned: at once where it already has. There is
  // one report: who asks before another that waits, or after it was given, is dropped unrun.
  void WhenBeginReturned(std::function<void(BeginReturn)> told);

 private:
  class SignalTask;

  HRESULT SignalHere() noexcept;
  void PartDone() noexcept;

  static std::atomic<std::uint64_t> last_id_;

  const std::uint64_t id_;
  const std::shared_ptr<Server> server_;
  const BSTR method_;
  SAFEARRAY* const arguments_;
  const CallPath path_;
  DWORD rpc_thread_ = 0;
  std::atomic<DWORD> begin_thread_{0};
  std::atomic<HRESULT> cancelled_{S_OK};
  std::shared_ptr<ObjectCalls> object_calls_;
  Mailbox mailbox_;

  Lock mutex_;
  // Both hold the call object, which holds this: let go when the call is over.
  ComPtr<ISynchronize> synchronize_;
  ComPtr<IServerSecurity> security_;
  CallResult result_;
  std::atomic<bool> thread_token_set_{false};
  std::atomic<bool> staged_{false};
  std::atomic<bool> signal_asked_{false};
  bool signal_begun_ = false;
  bool signalled_ = false;
  Condition signal_ended_;
  std::atomic<int> parts_{2};  // Begin_ and Signal
  bool begin_returned_ = false;
  std::optional<BeginReturn> begin_return_;
  std::function<void(BeginReturn)> when_begin_returned_;
};

}  // namespace async_com
