#include "call/call.h"

#include <utility>

#include "call/fault.h"
#include "call/object_calls.h"
#include "call/server.h"
#include "call/thread_pool.h"
#include "com/entry.h"

namespace async_com {

std::atomic<std::uint64_t> Call::last_id_{0};

// Signals on whichever thread runs it. A thread that leaves before its turn came hands it to a
// completion thread: a staged result always goes out.
class Call::SignalTask final : public Task {
 public:
  SignalTask(std::shared_ptr<Call> call, Signalled signalled, bool then_leave)
      : call_(std::move(call)), signalled_(std::move(signalled)), then_leave_(then_leave) {}

  ~SignalTask() override {
    if (call_ == nullptr) {
      return;
    }
    try {
      SignalOnCompletionThread(call_, signalled_);
    } catch (...) {
      // No thread to be had: better here than never.
      SignalHere(*call_, signalled_);
    }
  }

  void Run() noexcept override {
    const auto call = std::move(call_);
    SignalHere(*call, signalled_);
    if (then_leave_) {
      call->mailbox_.Leave();
    }
  }

  static void SignalOnCompletionThread(std::shared_ptr<Call> call, Signalled signalled) {
    ThreadPool::Completion().Run(
        MakeTask([call = std::move(call), signalled = std::move(signalled)] {
          SignalHere(*call, signalled);
        }));
  }

 private:
  static void SignalHere(Call& call, const Signalled& signalled) {
    const HRESULT result = call.SignalHere();
    if (signalled) {
      signalled(result);
    }
  }

  std::shared_ptr<Call> call_;
  Signalled signalled_;
  const bool then_leave_;
};

Call::Call(std::shared_ptr<Server> server, BSTR method, SAFEARRAY* arguments,
           ComPtr<ISynchronize> synchronize, ComPtr<IServerSecurity> security, CallPath path)
    : id_(++last_id_),
      server_(std::move(server)),
      method_(method),
      arguments_(arguments),
      path_(path),
      synchronize_(std::move(synchronize)),
      security_(std::move(security)) {}

HRESULT Call::RunBegin() noexcept {
  begin_thread_ = GetCurrentThreadId();
  const HRESULT entered = Guarded([this] { return server_->Enter(shared_from_this()); });
  if (FAILED(entered)) {
    return entered;
  }
  mailbox_.Serve();
  return S_OK;
}

void Call::BeginReturned(BeginReturn report) noexcept {
  std::function<void(BeginReturn)> waiting;
  {
    const std::lock_guard lock(mutex_);
    begin_returned_ = true;
    begin_return_ = std::move(report);
    waiting.swap(when_begin_returned_);
  }
  if (waiting) {
    WhenBeginReturned(std::move(waiting));
  }
  PartDone();
}

ComPtr<IServerSecurity> Call::Security() noexcept {
  const std::lock_guard lock(mutex_);
  return security_;
}

void Call::LetBeginReturn() {
  mailbox_.Post(MakeTask([this] { mailbox_.Leave(); }));
}

void Call::Cancel(HRESULT why) noexcept {
  HRESULT not_yet = S_OK;
  if (cancelled_.compare_exchange_strong(not_yet, why)) {
    server_->Cancelled(shared_from_this());
  }
}

bool Call::Stage(CallResult result) noexcept {
  const std::lock_guard lock(mutex_);
  if (staged_) {
    return false;
  }
  result_ = std::move(result);
  staged_ = true;
  return true;
}

void Call::Signal(SignalOn thread, Signalled signalled) {
  auto here = std::make_unique<SignalTask>(shared_from_this(), std::move(signalled), false);
  if (thread == SignalOn::kCompletionThread) {
    // Behind what was asked of the call on Begin_'s thread: its client's name, say, is COM's until
    // the call completes. Unrun, the task goes to a completion thread by itself.
    mailbox_.Post(MakeTask(
        [on_completion_thread = std::move(here)]() mutable { on_completion_thread.reset(); }));
  } else {
    mailbox_.Post(std::move(here));
  }
  signal_asked_ = true;
}

void Call::Complete(CallResult result) {
  Stage(std::move(result));
  // Staged is not signalled: JavaScript may have been ended between the two.
  if (signal_asked_) {
    LetBeginReturn();
    return;
  }
  mailbox_.Post(std::make_unique<SignalTask>(shared_from_this(), nullptr, true));
  signal_asked_ = true;
}

HRESULT Call::SignalHere() noexcept {
  ComPtr<ISynchronize> synchronize;
  {
    std::unique_lock lock(mutex_);
    if (std::exchange(signal_begun_, true)) {
      // COM need not hear of it again: its call is complete then, and may be gone.
      signal_ended_.wait(lock, [this] { return signalled_; });
      return FaultIs(Fault::kSecondSignalFails) ? E_FAIL : S_OK;
    }
    synchronize = synchronize_;
  }
  // Before the client can have its answer, and call again.
  server_->Answered();
  const HRESULT result = synchronize->Signal();
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  signal_ended_.notify_all();
  PartDone();
  return result;
}

bool Call::TakeResult(CallResult& result) noexcept {
  const std::lock_guard lock(mutex_);
  if (!staged_) {
    return false;
  }
  result = std::move(result_);
  return true;
}

void Call::WhenBeginReturned(std::function<void(BeginReturn)> told) {
  std::optional<BeginReturn> report;
  {
    const std::lock_guard lock(mutex_);
    if (!begin_returned_) {
      when_begin_returned_.swap(told);
      return;
    }
    report = std::exchange(begin_return_, std::nullopt);
  }
  if (report) {
    told(std::move(*report));
  }
}

void Call::PartDone() noexcept {
  if (--parts_ > 0) {
    return;
  }
  ComPtr<ISynchronize> synchronize;
  ComPtr<IServerSecurity> security;
  {
    const std::lock_guard lock(mutex_);
    synchronize.Swap(synchronize_);
    security.Swap(security_);
  }
  if (object_calls_ != nullptr) {
    object_calls_->Leave(id_);
  }
  server_->Leave(id_);
}

}  // namespace async_com
