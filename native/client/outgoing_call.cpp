#include "client/outgoing_call.h"

#include <tuple>
#include <utility>

#include "client/call_group.h"
#include "client/peer.h"
#include "com/entry.h"
#include "security/thread_token.h"

namespace async_com {

OutgoingCall::OutgoingCall(std::shared_ptr<Connection> connection, Bstr method, SafeArray arguments,
                           BlanketOptions blanket, Form form, Ended ended)
    : connection_(std::move(connection)),
      method_(std::move(method)),
      arguments_(std::move(arguments)),
      blanket_(std::move(blanket)),
      form_(form),
      ended_(std::move(ended)) {}

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

void OutgoingCall::Start() {
  if (!connection_->Calls().Add(shared_from_this())) {
    End(CallResult::Failed(RPC_E_CALL_CANCELED));
    return;
  }
  try {
    connection_->GetPeer().Calls().Run(std::make_unique<RunTask>(shared_from_this()));
  } catch (...) {
    connection_->Calls().Remove(this);
    throw;
  }
}

void OutgoingCall::Run() noexcept {
  // The call was cancelled while it waited for a thread. The server is not called.
  if (HasEnded()) {
    return;
  }
  const bool asynchronous = form_ != Form::kSynchronous && connection_->HasCallFactory();
  CallResult result;
  result.hresult = Guarded([&] {
    result = asynchronous ? CallAsynchronously() : CallSynchronously();
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
  // The token is no longer on the thread: FromOuts may release objects, and a release may call
  // another server.
  return CallResult::FromOuts(called, std::move(value), error);
}

CallResult OutgoingCall::CallAsynchronously() {
  ComPtr<IUnknown> call;
  ComPtr<AsyncIMethodCall> asynchronous;
  ComPtr<ISynchronize> synchronize;
  HRESULT result = connection_->CreateCall(call);
  if (SUCCEEDED(result)) {
    result = call.As(&asynchronous);
  }
  if (SUCCEEDED(result)) {
    result = call.As(&synchronize);
  }
  const BlanketOptions blanket = connection_->NextUse().blanket.With(blanket_);
  if (SUCCEEDED(result) && !blanket_.IsEmpty()) {
    SetCallBlanket(call.Get(), blanket);
  }
  if (SUCCEEDED(result)) {
    const ThreadTokenScope scope(blanket.AsWhenCalling());
    result = asynchronous->Begin_Call(method_.Get(), arguments_.Get(),
                                      cancel_id_ ? &*cancel_id_ : nullptr);
  }
  if (FAILED(result)) {
    return CallResult::Failed(result);
  }
  ComPtr<ICancelMethodCalls> cancel;
  if (SUCCEEDED(call.As(&cancel))) {
    bool ended = false;
    {
      const std::lock_guard lock(mutex_);
      ended = !ended_;
      system_call_ = cancel;
    }
    if (ended) {
      // The call was cancelled during Begin_Call.
      std::ignore = cancel->Cancel(0);
    }
  }
  result = synchronize->Wait(0, INFINITE);
  {
    const std::lock_guard lock(mutex_);
    system_call_.Reset();
  }
  if (FAILED(result)) {
    return CallResult::Failed(result);
  }
  Variant value;
  CallError error{};
  result = asynchronous->Finish_Call(value.Put(), &error);
  return CallResult::FromOuts(result, std::move(value), error);
}

bool OutgoingCall::Cancel() noexcept {
  if (!End(CallResult::Failed(RPC_E_CALL_CANCELED))) {
    return false;
  }
  ComPtr<ICancelMethodCalls> system_call;
  {
    const std::lock_guard lock(mutex_);
    system_call = system_call_;
  }
  if (!cancel_id_ && system_call == nullptr) {
    return true;
  }
  try {
    connection_->GetPeer().Errands().Run(
        MakeTask([self = shared_from_this(), system_call = std::move(system_call)] {
          if (system_call != nullptr) {
            std::ignore = system_call->Cancel(0);
          }
          if (self->cancel_id_) {
            self->connection_->TellCancelled(*self->cancel_id_);
          }
        }));
  } catch (...) {
    // No thread is available. The server is not told, and its answer is dropped.
  }
  return true;
}

bool OutgoingCall::HasEnded() noexcept {
  const std::lock_guard lock(mutex_);
  return !ended_;
}

bool OutgoingCall::End(CallResult result) noexcept {
  Ended ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(ended_);
  }
  if (!ended) {
    return false;
  }
  connection_->Calls().Remove(this);
  ended(std::move(result));
  return true;
}

}  // namespace async_com
