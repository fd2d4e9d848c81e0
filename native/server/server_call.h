#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
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
#include "server/object_class.h"
#include "threads/mailbox.h"
#include "value/call_result.h"

namespace async_com {

class Server;

// How a call reached the server call object. On the system path COM made the call object and runs
// Begin_ on its RPC thread. Over the bridge a synchronous call reached the server object.
enum class CallPath { kSystem, kBridge };

// What was on Begin_'s thread when Begin_ returned, and after that.
struct BeginReturn {
  DWORD thread_id = 0;
  // What was found at the return, before anything was removed. Empty if no thread looked, because
  // Begin_ ran on the RPC thread with the answer staged and did nothing there that could leave a
  // token.
  std::optional<DescribedThreadToken> found;
  // What was found on the thread after the return. Only over the bridge, if a Begin_ thread was
  // lent.
  std::optional<DescribedThreadToken> after;
  std::optional<HRESULT> call_context;  // what CoGetCallContext returned then; set if `after` is
};

// One incoming call, until it is signalled and Begin_ has returned. The server call object, the
// thread that Begin_ runs on and JavaScript share it. Any thread may call its functions, unless
// they say otherwise.
//
// Begin_ stays on its thread and runs the tasks that are posted to it, until a caller lets it
// return. The call is signalled once: on Begin_'s thread or, if Begin_ has returned or the caller
// asks for it, on a completion thread. Only Begin_ itself waits for JavaScript.
//
// The first result that is staged says how the call ends. Signal, Complete and BeginFailed stage
// one.
class ServerCall : public std::enable_shared_from_this<ServerCall> {
 public:
  enum class SignalOn { kBeginThread, kCompletionThread };
  // Called with Signal's HRESULT, on the thread that signalled.
  using ToldSignalled = std::function<void(HRESULT)>;
  // Called with nothing if nothing was seen of Begin_'s return.
  using ToldBeginReturned = std::function<void(std::optional<BeginReturn>)>;

  // The object that a call is for.
  struct Target {
    ObjectId object = 0;
    std::shared_ptr<const ObjectClass> object_class;
  };

  // What the RPC thread knows of a call. It is complete before another thread sees the call.
  struct Origin {
    BSTR method;           // belongs to the caller
    SAFEARRAY* arguments;  // belongs to the caller
    std::optional<GUID> cancel_id;
    CallPath path = CallPath::kBridge;
    Target target;
    Access access = Access::kCall;
    // The member that the client calls. Null if there is no such member.
    const Member* member = nullptr;
    // The client's locale, if it gave one.
    std::optional<LCID> locale;
    // Which arguments the handler may assign to.
    std::vector<bool> by_reference;
    std::shared_ptr<RpcCall> rpc_call;
    // The call context of the call. Null if COM gave none.
    ComPtr<IServerSecurity> security;

    // A call of IMethodCall.
    Origin(BSTR its_method, SAFEARRAY* its_arguments, const GUID* its_cancel_id, Target its_target);
    // A call of a member that is known, or of none: kCreate.
    Origin(BSTR its_method, SAFEARRAY* its_arguments, const Member* its_member, Access its_access,
           Target its_target)
        : method(its_method),
          arguments(its_arguments),
          target(std::move(its_target)),
          access(its_access),
          member(its_member) {}
  };

  // `starter` is for a call that JavaScript has before Begin_ runs. Without it Begin_ already runs,
  // on the calling thread.
  ServerCall(std::shared_ptr<Server> server, Origin origin, ComPtr<ISynchronize> synchronize,
             std::shared_ptr<BeginStarter> starter);

  // Gives the call its place in the ledger.
  void AdmittedBy(Ledger::Admission admission) noexcept { admission_ = std::move(admission); }

  // Runs Begin_ on the calling thread until it may return.
  void RunBegin() noexcept;
  // Called after RunBegin, once the thread is as it will be for its next call. `waiting` says where
  // a signal that had to wait for Begin_'s return is sent: on a completion thread or on this one.
  void BeginReturned(std::optional<BeginReturn> report, SignalOn waiting) noexcept;
  // Called instead of both if Begin_ cannot run. Ends the call.
  void BeginFailed(HRESULT hresult) noexcept;
  // Called if nobody takes the call. The call leaves the ledger, if it is there, and releases what
  // holds it. Nothing of it is used any more.
  void Refused() noexcept;

  std::uint64_t Id() const noexcept { return id_; }
  CallPath Path() const noexcept { return origin_.path; }
  ObjectId Object() const noexcept { return origin_.target.object; }
  const std::optional<GUID>& CancelId() const noexcept { return origin_.cancel_id; }
  RpcCall& GetRpcCall() const noexcept { return *origin_.rpc_call; }
  FileTime ArrivedAt() const noexcept { return arrived_at_; }

  // These belong to the caller. They are valid until the first Complete or LetBeginReturn. The
  // JavaScript thread reads them before it calls either.
  BSTR Method() const noexcept { return origin_.method; }
  SAFEARRAY* Arguments() const noexcept { return origin_.arguments; }

  // Null if the object has no member of the name that the client gave.
  const Member* GetMember() const noexcept { return origin_.member; }
  Access GetAccess() const noexcept { return origin_.access; }
  std::optional<LCID> Locale() const noexcept { return origin_.locale; }
  const std::vector<bool>& ByReference() const noexcept { return origin_.by_reference; }

  // Returns the IServerSecurity pointer of the call. It is null if COM gave none, and once the call
  // is over.
  ComPtr<IServerSecurity> Security() noexcept;

  // Returns the id of the thread that Begin_ runs on, or ran on. 0 if there is none yet.
  DWORD BeginThread() const noexcept { return begin_thread_; }

  // Called when a handler has put a token of its own on Begin_'s thread, or is about to.
  void ThreadTokenIsSet() noexcept { thread_token_set_ = true; }
  bool HasSetThreadToken() const noexcept { return thread_token_set_; }

  // Runs a task on Begin_'s thread. If there is none yet, a thread is lent. Fails if Begin_ has
  // returned or is about to (RPC_E_CALL_COMPLETE), or if no thread is available. The caller then
  // still has the task.
  HRESULT PostToBegin(std::unique_ptr<Task>& task);
  // Lets Begin_ return after the tasks that are already posted. No task is taken from here on.
  void LetBeginReturn() noexcept { mailbox_.Close(); }

  // Called when nobody waits for the answer any more, because of `why`. Tells the handler, once.
  // The call continues until the handler ends it.
  void Cancel(HRESULT why) noexcept;
  // Returns RPC_E_CALL_CANCELED or RPC_E_CLIENT_DIED if the call was cancelled, otherwise S_OK.
  HRESULT Cancelled() const noexcept { return cancelled_; }

  bool IsStaged() noexcept;
  // Stages and signals. A second Signal only waits until the first is complete. Fails, and does
  // nothing, if no thread is available for Begin_.
  HRESULT Signal(CallResult result, SignalOn thread, ToldSignalled signalled);
  // Stages, signals unless a caller has already requested that, and lets Begin_ return. This is the
  // usual end.
  void Complete(CallResult result) noexcept;

  // For Finish_Call. Returns false if nothing is staged.
  bool TakeResult(CallResult& result) noexcept;

  // Calls `told` when Begin_ has returned, or at once if it already has. If there is no thread yet,
  // one is lent, because otherwise there would be nothing to see. There is one report. If another
  // caller asks while this one waits, this one is told nothing. A caller that asks after the report
  // was given is told nothing either.
  void WhenBeginReturned(ToldBeginReturned told);

  // Signals on the calling thread, once. A second call waits until the first is complete.
  HRESULT SignalHere() noexcept;
  bool IsSignalled() noexcept;

 private:
  // If Begin_ waits, makes sure that it runs.
  HRESULT NeedBegin() noexcept;
  void PostSignal(SignalOn thread, ToldSignalled signalled);
  // Signals on a completion thread at once if Begin_ has returned. Otherwise BeginReturned signals.
  void SignalWhenReturned(ToldSignalled signalled);
  void SignalOnCompletionThread(ToldSignalled signalled) noexcept;
  void Over() noexcept;

  static std::atomic<std::uint64_t> last_id_;

  const std::uint64_t id_;
  const FileTime arrived_at_;
  const std::shared_ptr<Server> server_;
  Origin origin_;
  const bool closes_rpc_call_;  // true if no ServerSecurity closes it
  Ledger::Admission admission_;
  std::atomic<DWORD> begin_thread_{0};
  std::atomic<HRESULT> cancelled_{S_OK};
  std::atomic<bool> thread_token_set_{false};
  Mailbox mailbox_;

  Lock mutex_;
  CallState state_;
  // These two hold the call object, which holds this call. They are released when the call is over.
  ComPtr<ISynchronize> synchronize_;
  std::shared_ptr<BeginStarter> starter_;
  CallResult result_;
  Condition signalled_;
  std::vector<ToldSignalled> signal_when_returned_;
  std::optional<BeginReturn> begin_return_;
  ToldBeginReturned told_begin_returned_;
};

// Calls ISynchronize::Signal for a call, on the calling thread: ServerCall::SignalHere.
extern Seam<HRESULT(ServerCall&)> signal_server_call;

}  // namespace async_com
