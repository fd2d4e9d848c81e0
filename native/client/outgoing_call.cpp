#include "client/outgoing_call.h"

#include <tuple>
#include <utility>

#include "client/held_objects.h"
#include "client/peer.h"
#include "com/entry.h"
#include "security/thread_token.h"

namespace async_com {

OutgoingCall::OutgoingCall(std::shared_ptr<Connection> connection, Bstr method, SafeArray arguments,
                           BlanketOptions blanket, Form form, Ended ended)
    : PendingCall(connection->SharedCalls(), std::move(ended)),
      connection_(std::move(connection)),
      method_(std::move(method)),
      arguments_(std::move(arguments)),
      blanket_(std::move(blanket)),
      form_(form) {}

void OutgoingCall::MakeCancellable() {
  if (GUID id{}; connection_->NewCancelId(id)) {
    cancel_id_ = id;
  }
}

class OutgoingCall::RunTask final : public Task {
 public:
  explicit RunTask(std::shared_ptr<OutgoingCall> call) : call_(std::move(call)) {}

  void Run() noexcept override { call_->Run(); }
  // A call through a proxy leaves no token on the thread. An object of this apartment may leave
  // one.
  bool MayLeaveToken() const noexcept override { return !call_->connection_->IsProxy(); }

 private:
  const std::shared_ptr<OutgoingCall> call_;
};

// Begins a call that needs no thread afterwards.
class OutgoingCall::BeginTask final : public Task {
 public:
  BeginTask(std::shared_ptr<OutgoingCall> call, InFlight::Place place)
      : call_(std::move(call)), place_(std::move(place)) {}

  void Run() noexcept override { call_->Begin(std::move(place_)); }
  // As RunTask: COM makes call objects only for proxies.
  bool MayLeaveToken() const noexcept override { return false; }

 private:
  const std::shared_ptr<OutgoingCall> call_;
  InFlight::Place place_;
};

// Finishes a call that is complete. If it is destroyed before that, because no thread or no memory
// is available, the call has no result.
class OutgoingCall::FinishTask final : public Task {
 public:
  FinishTask(std::shared_ptr<OutgoingCall> call, std::shared_ptr<SystemCall> system_call,
             InFlight::Place place)
      : call_(std::move(call)), system_call_(std::move(system_call)), place_(std::move(place)) {}
  ~FinishTask() override { call_->End(CallResult::Failed(E_OUTOFMEMORY)); }

  void Run() noexcept override { call_->Finish(*system_call_); }
  bool MayLeaveToken() const noexcept override { return false; }

 private:
  const std::shared_ptr<OutgoingCall> call_;
  const std::shared_ptr<SystemCall> system_call_;
  const InFlight::Place place_;
};

void OutgoingCall::Start() {
  if (!Calls().Add(shared_from_this())) {
    End(CallResult::Failed(RPC_E_CALL_CANCELED));
    return;
  }
  try {
    if (form_ != Form::kSynchronous && connection_->HasCallFactory()) {
      StartAsynchronous();
    } else {
      StartSynchronous();
    }
  } catch (...) {
    Calls().Remove(this);
    throw;
  }
}

void OutgoingCall::StartSynchronous() {
  connection_->GetPeer().Calls().Run(std::make_unique<RunTask>(shared_from_this()));
}

void OutgoingCall::StartAsynchronous() {
  Peer& peer = connection_->GetPeer();
  peer.CallsInFlight().Enter([self = shared_from_this(), &peer](InFlight::Place place) {
    const HRESULT started = Guarded([&] {
      peer.Begins().Run(std::make_unique<BeginTask>(self, std::move(place)));
      return S_OK;
    });
    if (FAILED(started)) {
      self->End(CallResult::Failed(started));
    }
  });
}

void OutgoingCall::Run() noexcept {
  // The call was cancelled while it waited for a thread. The server is not called.
  if (HasEnded()) {
    return;
  }
  CallResult result;
  result.hresult = Guarded([&] {
    result = CallSynchronously();
    return result.hresult;
  });
  End(std::move(result));
}

CallResult OutgoingCall::CallSynchronously() {
  const Connection::Use use = connection_->UseWith(blanket_);
  Variant value;
  CallError error{};
  HRESULT called = S_OK;
  {
    const ThreadTokenScope scope(use.blanket.AsWhenCalling());
    called = use.object->Call(method_.Get(), arguments_.Get(), cancel_id_ ? &*cancel_id_ : nullptr,
                              value.Put(), &error);
  }
  // The token is no longer on the thread: ResultFromOuts may release objects, and a release may
  // call another server.
  return ResultFromOuts(called, std::move(value), error, connection_->SharedPeer());
}

template <typename Body>
void OutgoingCall::RunErrand(Body body) noexcept {
  try {
    connection_->GetPeer().Errands().Run(MakeTask(std::move(body)));
  } catch (...) {
    // No thread is available. The server is not told, and its answer is dropped.
  }
}

void OutgoingCall::Begin(InFlight::Place place) noexcept {
  // As in Run.
  if (HasEnded()) {
    return;
  }
  std::shared_ptr<SystemCall> call;
  HRESULT begun = Guarded([&] { return BeginSystemCall(call); });
  if (begun == E_NOINTERFACE) {
    // COM has no asynchronous form of the call for this server. No handler has run.
    begun = Guarded([&] {
      StartSynchronous();
      return S_OK;
    });
    if (SUCCEEDED(begun)) {
      return;
    }
  }
  if (FAILED(begun)) {
    End(CallResult::Failed(begun));
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    system_call_ = call;
  }
  if (HasEnded()) {
    // The call was cancelled during Begin_Call. The server has been told.
    RunErrand([call] { std::ignore = call->Cancel(0); });
  }
  const HRESULT finishing = Guarded([&] {
    call->WhenComplete(std::make_unique<FinishTask>(shared_from_this(), call, std::move(place)));
    return S_OK;
  });
  if (FAILED(finishing)) {
    End(CallResult::Failed(finishing));
  }
}

HRESULT OutgoingCall::BeginSystemCall(std::shared_ptr<SystemCall>& call) {
  const HRESULT created = connection_->CreateSystemCall(call);
  if (FAILED(created)) {
    return created;
  }
  const BlanketOptions blanket = connection_->NextUse().blanket.With(blanket_);
  if (!blanket_.IsEmpty()) {
    SetCallBlanket(call->Object(), blanket);
  }
  const ThreadTokenScope scope(blanket.AsWhenCalling());
  return call->Begin(method_.Get(), arguments_.Get(), cancel_id_ ? &*cancel_id_ : nullptr);
}

void OutgoingCall::Finish(SystemCall& call) noexcept {
  std::shared_ptr<SystemCall> complete;
  {
    const std::lock_guard lock(mutex_);
    complete.swap(system_call_);
  }
  Variant value;
  CallError error{};
  const HRESULT finished = call.Finish(value.Put(), &error);
  // If the call was cancelled, this frees the reply.
  End(ResultFromOuts(finished, std::move(value), error, connection_->SharedPeer()));
}

bool OutgoingCall::Cancel() noexcept {
  if (!End(CallResult::Failed(RPC_E_CALL_CANCELED))) {
    return false;
  }
  std::shared_ptr<SystemCall> system_call;
  {
    const std::lock_guard lock(mutex_);
    system_call = system_call_;
  }
  if (cancel_id_ || system_call != nullptr) {
    RunErrand([self = shared_from_this(), system_call] {
      if (system_call != nullptr) {
        std::ignore = system_call->Cancel(0);
      }
      if (self->cancel_id_) {
        self->connection_->TellCancelled(*self->cancel_id_);
      }
    });
  }
  return true;
}

}  // namespace async_com
