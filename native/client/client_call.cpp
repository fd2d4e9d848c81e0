#include "client/client_call.h"

#include <utility>

#include "com/entry.h"
#include "com/win32_error.h"
#include "security/thread_token.h"

namespace async_com {

ClientCall::ClientCall(std::shared_ptr<Connection> connection)
    : connection_(std::move(connection)) {
  ThrowIfFailed(connection_->CreateCall(call_), "ICallFactory::CreateCall");
  ThrowIfFailed(call_.As(&asynchronous_), "QueryInterface(AsyncIMethodCall)");
  ThrowIfFailed(call_.As(&synchronize_), "QueryInterface(ISynchronize)");
  ThrowIfFailed(call_.As(&cancel_), "QueryInterface(ICancelMethodCalls)");
}

ClientCall::~ClientCall() {
  try {
    connection_->GetPeer().Errands().Run(
        MakeTask([call = std::move(call_), asynchronous = std::move(asynchronous_),
                  synchronize = std::move(synchronize_), cancel = std::move(cancel_)]() mutable {
          cancel.Reset();
          synchronize.Reset();
          asynchronous.Reset();
          call.Reset();
        }));
  } catch (...) {
    // No thread is available. Destroying the task has released the pointers on this thread.
  }
}

HRESULT ClientCall::Begin(const Bstr& method, const SafeArray& arguments) noexcept {
  GUID id{};
  const bool cancellable = connection_->NewCancelId(id);
  const HRESULT begun = Guarded([&] {
    // COM's call object begins the call on this thread, so the thread needs the token. A
    // ClientCallObject puts the token on a thread of its own.
    const ThreadTokenScope scope(
        connection_->HasCallFactory() ? connection_->NextUse().blanket.AsWhenCalling() : nullptr);
    return asynchronous_->Begin_Call(method.Get(), arguments.Get(), cancellable ? &id : nullptr);
  });
  if (SUCCEEDED(begun)) {
    const std::lock_guard lock(mutex_);
    cancel_id_ = cancellable ? std::optional(id) : std::nullopt;
  }
  return begun;
}

HRESULT ClientCall::Wait(DWORD milliseconds) noexcept {
  return synchronize_->Wait(0, milliseconds);
}

CallResult ClientCall::Finish() noexcept {
  Variant value;
  CallError error{};
  const HRESULT finished = asynchronous_->Finish_Call(value.Put(), &error);
  return CallResult::FromOuts(finished, std::move(value), error);
}

HRESULT ClientCall::TestCancel() noexcept { return cancel_->TestCancel(); }

HRESULT ClientCall::Cancel(ULONG seconds) noexcept {
  const HRESULT cancelled = cancel_->Cancel(seconds);
  // A ClientCallObject tells the server itself.
  if (cancelled == S_OK && connection_->HasCallFactory()) {
    std::optional<GUID> id;
    {
      const std::lock_guard lock(mutex_);
      id = cancel_id_;
    }
    if (id) {
      connection_->TellCancelled(*id);
    }
  }
  return cancelled;
}

}  // namespace async_com
