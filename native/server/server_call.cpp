#include "server/server_call.h"

#include <string_view>
#include <utility>

#include "server/server.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

void SignalAndTell(ServerCall& call, const ServerCall::ToldSignalled& signalled) {
  const HRESULT result = signal_server_call(call);
  if (signalled) {
    signalled(result);
  }
}

}  // namespace

std::atomic<std::uint64_t> ServerCall::last_id_{0};

ServerCall::Origin::Origin(BSTR its_method, SAFEARRAY* its_arguments, const GUID* its_cancel_id,
                           Target its_target)
    : method(its_method),
      arguments(its_arguments),
      cancel_id(its_cancel_id == nullptr ? std::nullopt : std::optional(*its_cancel_id)),
      target(std::move(its_target)),
      member(target.object_class->FindCalled(
          its_method == nullptr ? std::wstring_view()
                                : std::wstring_view(its_method, SysStringLen(its_method)),
          access)) {}

ServerCall::ServerCall(std::shared_ptr<Server> server, Origin origin,
                       ComPtr<ISynchronize> synchronize, std::shared_ptr<BeginStarter> starter)
    : id_(++last_id_),
      arrived_at_(FileTimeNow()),
      server_(std::move(server)),
      origin_(std::move(origin)),
      closes_rpc_call_(starter == nullptr),
      begin_thread_(starter == nullptr ? GetCurrentThreadId() : 0),
      state_(starter == nullptr ? CallState::Begin::kStarting : CallState::Begin::kWaiting),
      synchronize_(std::move(synchronize)),
      starter_(std::move(starter)) {
  signal_when_returned_.reserve(1);
}

void ServerCall::RunBegin() noexcept {
  begin_thread_ = GetCurrentThreadId();
  {
    const std::lock_guard lock(mutex_);
    state_.RunBegin();
  }
  mailbox_.Serve();
}

void ServerCall::BeginReturned(std::optional<BeginReturn> report, SignalOn waiting) noexcept {
  ToldBeginReturned told;
  std::optional<BeginReturn> for_told;
  std::vector<ToldSignalled> signals;
  bool over = false;
  {
    const std::lock_guard lock(mutex_);
    over = state_.EndBegin();
    told.swap(told_begin_returned_);
    signals.swap(signal_when_returned_);
    (told ? for_told : begin_return_) = std::move(report);
  }
  if (told) {
    told(std::move(for_told));
  }
  if (over) {
    Over();
  }
  for (auto& signalled : signals) {
    if (waiting == SignalOn::kCompletionThread) {
      SignalOnCompletionThread(std::move(signalled));
    } else {
      SignalAndTell(*this, signalled);
    }
  }
}

void ServerCall::Refused() noexcept {
  origin_.rpc_call->Close();
  mailbox_.CloseAndTake().clear();
  Over();
}

void ServerCall::BeginFailed(HRESULT hresult) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (state_.Stage()) {
      result_ = CallResult::Failed(hresult);
    }
  }
  // The tasks that were posted to Begin_'s thread never run, a signal included. Destroying them
  // tells those who wait for them.
  mailbox_.CloseAndTake().clear();
  SignalHere();
  BeginReturned(std::nullopt, SignalOn::kBeginThread);
}

ComPtr<IServerSecurity> ServerCall::Security() noexcept {
  const std::lock_guard lock(mutex_);
  return origin_.security;
}

HRESULT ServerCall::NeedBegin() noexcept {
  std::shared_ptr<BeginStarter> starter;
  {
    const std::lock_guard lock(mutex_);
    if (!state_.StartBegin()) {
      return S_OK;
    }
    starter = starter_;
  }
  const HRESULT lent = starter->BeginOnLentThread();
  if (FAILED(lent)) {
    bool completed = false;
    {
      const std::lock_guard lock(mutex_);
      state_.UndoStartBegin();
      // Another thread may have completed the call meanwhile, and left it to this thread to start
      // Begin_.
      completed = state_.GetAnswer() >= CallState::Answer::kRequested && state_.StartBegin();
    }
    if (completed) {
      starter->BeginOnRpcThread();
    }
  }
  return lent;
}

HRESULT ServerCall::PostToBegin(std::unique_ptr<Task>& task) {
  if (mailbox_.IsClosed()) {
    return RPC_E_CALL_COMPLETE;
  }
  const HRESULT begun = NeedBegin();
  if (FAILED(begun)) {
    return begun;
  }
  return mailbox_.Post(task) ? S_OK : RPC_E_CALL_COMPLETE;
}

void ServerCall::Cancel(HRESULT why) noexcept {
  HRESULT not_yet = S_OK;
  if (cancelled_.compare_exchange_strong(not_yet, why)) {
    server_->Cancelled(shared_from_this());
  }
}

bool ServerCall::IsStaged() noexcept {
  const std::lock_guard lock(mutex_);
  return state_.GetAnswer() >= CallState::Answer::kStaged;
}

HRESULT ServerCall::Signal(CallResult result, SignalOn thread, ToldSignalled signalled) {
  const HRESULT begun = NeedBegin();
  if (FAILED(begun)) {
    return begun;
  }
  // The handler may go on after Signal, when the client can no longer be asked for.
  server_->WatchClientOf(*this);
  {
    const std::lock_guard lock(mutex_);
    if (state_.Stage()) {
      result_ = std::move(result);
    }
    state_.RequestSignal();
  }
  PostSignal(thread, std::move(signalled));
  return S_OK;
}

void ServerCall::Complete(CallResult result) noexcept {
  bool signal = false;
  std::shared_ptr<BeginStarter> starter;
  {
    const std::lock_guard lock(mutex_);
    if (state_.Stage()) {
      result_ = std::move(result);
    }
    // An answer may be staged and not requested, because JavaScript may have been ended between the
    // two.
    signal = state_.RequestSignal();
    if (state_.StartBegin()) {
      starter = starter_;
    }
  }
  if (signal) {
    try {
      PostSignal(SignalOn::kBeginThread, nullptr);
    } catch (...) {
      // Out of memory. The signal is sent when Begin_ has returned; there is memory for that.
      SignalWhenReturned(nullptr);
    }
  }
  mailbox_.Close();
  if (starter != nullptr) {
    starter->BeginOnRpcThread();
  }
}

void ServerCall::PostSignal(SignalOn thread, ToldSignalled signalled) {
  const auto self = shared_from_this();
  // A signal on a completion thread also waits for the earlier tasks of Begin_'s thread. They may
  // use what belongs to COM until the call completes, such as the client's name.
  std::unique_ptr<Task> task =
      thread == SignalOn::kBeginThread
          ? MakeTask([self, signalled] { SignalAndTell(*self, signalled); })
          : MakeTask([self, signalled] { self->SignalOnCompletionThread(signalled); });
  if (mailbox_.Post(task)) {
    return;
  }
  SignalWhenReturned(std::move(signalled));
}

void ServerCall::SignalWhenReturned(ToldSignalled signalled) {
  {
    const std::lock_guard lock(mutex_);
    if (state_.GetBegin() != CallState::Begin::kReturned) {
      signal_when_returned_.push_back(std::move(signalled));
      return;
    }
  }
  SignalOnCompletionThread(std::move(signalled));
}

void ServerCall::SignalOnCompletionThread(ToldSignalled signalled) noexcept {
  try {
    ThreadPool::Completion().Run(
        MakeTask([self = shared_from_this(), signalled] { SignalAndTell(*self, signalled); }));
  } catch (...) {
    // No thread is available. It is better to signal here than never.
    SignalAndTell(*this, signalled);
  }
}

HRESULT ServerCall::SignalHere() noexcept {
  ComPtr<ISynchronize> synchronize;
  {
    std::unique_lock lock(mutex_);
    if (!state_.StartSignal()) {
      // COM is not signalled again: its call is complete then, and may no longer exist.
      signalled_.wait(lock, [this] { return state_.GetAnswer() == CallState::Answer::kSignalled; });
      return S_OK;
    }
    synchronize = synchronize_;
  }
  // Done before the client can have its answer and call again.
  admission_.Answered();
  // Closed before Signal, because the RPC call may end at any time after that.
  if (closes_rpc_call_) {
    origin_.rpc_call->Close();
  }
  const HRESULT result = synchronize->Signal();
  bool over = false;
  {
    const std::lock_guard lock(mutex_);
    over = state_.EndSignal();
  }
  signalled_.notify_all();
  if (over) {
    Over();
  }
  return result;
}

bool ServerCall::IsSignalled() noexcept {
  const std::lock_guard lock(mutex_);
  return state_.GetAnswer() == CallState::Answer::kSignalled;
}

bool ServerCall::TakeResult(CallResult& result) noexcept {
  const std::lock_guard lock(mutex_);
  if (state_.GetAnswer() < CallState::Answer::kStaged) {
    return false;
  }
  result = std::move(result_);
  return true;
}

void ServerCall::WhenBeginReturned(ToldBeginReturned told) {
  // If no thread is available, nothing can be seen of Begin_'s return.
  NeedBegin();
  std::optional<BeginReturn> report;
  {
    const std::lock_guard lock(mutex_);
    if (state_.GetBegin() == CallState::Begin::kReturned) {
      report = std::exchange(begin_return_, std::nullopt);
    } else {
      told.swap(told_begin_returned_);
    }
  }
  if (told) {
    told(std::move(report));
  }
}

void ServerCall::Over() noexcept {
  ComPtr<ISynchronize> synchronize;
  ComPtr<IServerSecurity> security;
  std::shared_ptr<BeginStarter> starter;
  {
    const std::lock_guard lock(mutex_);
    synchronize.Swap(synchronize_);
    security.Swap(origin_.security);
    starter.swap(starter_);
  }
  admission_.Leave();
}

constinit Seam<HRESULT(ServerCall&)> signal_server_call([](ServerCall& call) {
  return call.SignalHere();
});

}  // namespace async_com
