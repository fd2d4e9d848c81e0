#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "com/com_ptr.h"
#include "com/file_time.h"
#include "com/lock.h"
#include "com/seam.h"
#include "security/rpc_call.h"
#include "security/token_description.h"
#include "server/begin_starter.h"
#include "server/call_state.h"
#include "server/ledger.h"
#include "threads/mailbox.h"
#include "value/call_result.h"

namespace async_com {

class Server;

// Which way a call took to the call object. On the system path COM made the call object and runs
// Begin_ on its RPC thread. Over the bridge a synchronous call reached the server object.
enum class CallPath { kSystem, kBridge };

// What was on Begin_'s thread when Begin_ returned, and after that.
struct BeginReturn {
  DWORD thread_id = 0;
  // At the return, before anything was taken off. Empty where nobody looked: Begin_ ran on the RPC
  // thread, with the answer staged, and did nothing there that could leave a token.
  std::optional<DescribedThreadToken> found;
  // After the return, seen on the thread; only over the bridge, where the thread is ours.
  std::optional<DescribedThreadToken> after;
  std::optional<HRESULT> call_context;  // CoGetCallContext's answer then, where `after` is there
};

// One incoming call, until it is signalled and Begin_ has returned. The server call object, the
// thread that Begin_ runs on and JavaScript share it.
//
// Begin_ stays on its thread and runs the tasks that are posted to it, until somebody lets it
// return. The call is signalled once: on Begin_'s thread or, where Begin_ has returned or the
// caller asks for it, on a completion thread. Nothing here waits for JavaScript but Begin_ itself.
//
// How a call ends is the first result that is staged: Signal's or Complete's.
class ServerCall : public std::enable_shared_from_this<ServerCall> {
 public:
  enum class SignalOn { kBeginThread, kCompletionThread };
  // Told Signal's HRESULT, on the thread that signalled.
  using ToldSignalled = std::function<void(HRESULT)>;
  // Told nothing where nothing was seen of Begin_'s return.
  using ToldBeginReturned = std::function<void(std::optional<BeginReturn>)>;

  // What the RPC thread knows of a call. It is complete before anybody else sees the call.
  struct Origin {
    BSTR method;           // the caller's
    SAFEARRAY* arguments;  // the caller's
    std::optional<GUID> cancel_id;
    CallPath path = CallPath::kBridge;
    ObjectId object;
    std::shared_ptr<RpcCall> rpc_call;
    // The call's call context. Empty where COM gave none.
    ComPtr<IServerSecurity> security;

    Origin(BSTR its_method, SAFEARRAY* its_arguments, const GUID* its_cancel_id,
           ObjectId its_object)
        : method(its_method),
          arguments(its_arguments),
          cancel_id(its_cancel_id == nullptr ? std::nullopt : std::optional(*its_cancel_id)),
          object(its_object) {}
  };

  // `starter` is for a call that JavaScript has before Begin_ runs. Without it Begin_ runs already.
  ServerCall(std::shared_ptr<Server> server, Origin origin, ComPtr<ISynchronize> synchronize,
             std::shared_ptr<BeginStarter> starter);

  // The call's place in the ledger.
  void AdmittedBy(Ledger::Admission admission) noexcept { admission_ = std::move(admission); }

  // Runs Begin_ on the calling thread until it may return.
  void RunBegin() noexcept;
  // Then, once the thread is as it will be for its next call. A signal that had to wait for this is
  // sent on a thread of that kind.
  void BeginReturned(std::optional<BeginReturn> report, SignalOn waiting) noexcept;
  // Instead of both, where Begin_ cannot run. Ends the call.
  void BeginFailed(HRESULT hresult) noexcept;
  // Nobody takes the call: it leaves the ledger, and nothing of it is used any more.
  void Refused() noexcept;

  std::uint64_t Id() const noexcept { return id_; }
  CallPath Path() const noexcept { return origin_.path; }
  ObjectId Object() const noexcept { return origin_.object; }
  const std::optional<GUID>& CancelId() const noexcept { return origin_.cancel_id; }
  RpcCall& GetRpcCall() const noexcept { return *origin_.rpc_call; }
  FileTime ArrivedAt() const noexcept { return arrived_at_; }

  // The caller's own, valid until the first Complete or LetBeginReturn: the JavaScript thread reads
  // them before it does any of these.
  BSTR Method() const noexcept { return origin_.method; }
  SAFEARRAY* Arguments() const noexcept { return origin_.arguments; }

  // The IServerSecurity pointer of the call. Empty where COM gave none, and once the call is over.
  ComPtr<IServerSecurity> Security() noexcept;

  // The thread that Begin_ runs on, or ran on. 0: none yet.
  DWORD BeginThread() const noexcept { return begin_thread_; }

  // A handler has put a token of its own on Begin_'s thread, or is about to.
  void ThreadTokenIsSet() noexcept { thread_token_set_ = true; }
  bool HasSetThreadToken() const noexcept { return thread_token_set_; }

  // Has a task run on Begin_'s thread; a thread is lent where there is none yet. A failure, and the
  // caller still has the task, where Begin_ has returned (RPC_E_CALL_COMPLETE) or no thread can be
  // had.
  HRESULT PostToBegin(std::unique_ptr<Task>& task);
  // Behind the tasks that are posted already. No task is taken from here on.
  void LetBeginReturn() noexcept { mailbox_.Close(); }

  // Nobody waits for the answer any more, because of `why`: the handler is told, once. The call
  // goes on until the handler ends it.
  void Cancel(HRESULT why) noexcept;
  // RPC_E_CALL_CANCELED or RPC_E_CLIENT_DIED once it was cancelled; else S_OK.
  HRESULT Cancelled() const noexcept { return cancelled_; }

  bool IsStaged() noexcept;
  // Stages and signals. A second time only waits until the first is complete. A failure, and
  // nothing is done, where no thread can be had for Begin_.
  HRESULT Signal(CallResult result, SignalOn thread, ToldSignalled signalled);
  // Stages, signals unless somebody has asked for that, and lets Begin_ return: the usual end.
  void Complete(CallResult result) noexcept;

  // For Finish_Call. False when nothing is staged.
  bool TakeResult(CallResult& result) noexcept;

  // Runs `told` when Begin_ has returned: at once where it already has. A thread is lent where
  // there is none yet, or there would be nothing to see. There is one report: whoever asks before
  // another that waits, or after it was given, is told nothing.
  void WhenBeginReturned(ToldBeginReturned told);

  // Signals on the calling thread, once; a second time waits until the first is complete.
  HRESULT SignalHere() noexcept;
  bool IsSignalled() noexcept;

 private:
  // Sees to it that Begin_ runs, or has run, where it waits.
  HRESULT NeedBegin() noexcept;
  void PostSignal(SignalOn thread, ToldSignalled signalled);
  // At once where Begin_ has returned.
  void SignalWhenReturned(ToldSignalled signalled);
  void SignalOnCompletionThread(ToldSignalled signalled) noexcept;
  void Over() noexcept;

  static std::atomic<std::uint64_t> last_id_;

  const std::uint64_t id_;
  const FileTime arrived_at_;
  const std::shared_ptr<Server> server_;
  Origin origin_;
  const bool closes_rpc_call_;  // where no ServerSecurity does
  Ledger::Admission admission_;
  std::atomic<DWORD> begin_thread_{0};
  std::atomic<HRESULT> cancelled_{S_OK};
  std::atomic<bool> thread_token_set_{false};
  Mailbox mailbox_;

  Lock mutex_;
  CallState state_;
  // These hold the call object, which holds this: let go when the call is over.
  ComPtr<ISynchronize> synchronize_;
  std::shared_ptr<BeginStarter> starter_;
  CallResult result_;
  Condition signalled_;
  std::vector<ToldSignalled> signal_when_returned_;
  std::optional<BeginReturn> begin_return_;
  ToldBeginReturned told_begin_returned_;
};

// ISynchronize::Signal of a call, on the calling thread: ServerCall::SignalHere.
extern Seam<HRESULT(ServerCall&)> signal_server_call;

}  // namespace async_com
