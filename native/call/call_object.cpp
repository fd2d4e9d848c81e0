#include "call/call_object.h"

#include <utility>

#include "call/fault.h"
#include "call/thread_pool.h"
#include "com/entry.h"
#include "com/win32_error.h"

namespace async_com {

CallObject::CallObject(std::shared_ptr<ClientObject> object) : object_(std::move(object)) {
  ThrowIfFailed(object_->CreateCall(call_), "ICallFactory::CreateCall");
  ThrowIfFailed(call_.As(&asynchronous_), "QueryInterface(AsyncIMethodCall)");
  ThrowIfFailed(call_.As(&synchronize_), "QueryInterface(ISynchronize)");
  ThrowIfFailed(call_.As(&cancel_), "QueryInterface(ICancelMethodCalls)");
}

CallObject::~CallObject() {
  if (FaultIs(Fault::kLeakReleasedCall)) {
    call_->AddRef();
  }
  try {
    ThreadPool::Worker().Run(
        MakeTask([call = std::move(call_), asynchronous = std::move(asynchronous_),
                  synchronize = std::move(synchronize_), cancel = std::move(cancel_)]() mutable {
          cancel.Reset();
          synchronize.Reset();
          asynchronous.Reset();
          call.Reset();
        }));
  } catch (...) {
    // No thread to release them on: the task has released them here, the best that is left.
  }
}

HRESULT CallObject::Begin(const Bstr& method, const SafeArray& arguments) noexcept {
  GUID id{};
  const bool cancellable = object_->NewCancelId(id);
  const HRESULT begun = Guarded([&] {
    // The system's call object begins the call on this thread; ours does on its own.
    const WornToken worn(object_->HasCallFactory() ? object_->Now().blanket.AsWhenCalling()
                                                   : nullptr);
    return asynchronous_->Begin_Call(method.Get(), arguments.Get(), cancellable ? &id : nullptr);
  });
  if (SUCCEEDED(begun)) {
    const std::lock_guard lock(mutex_);
    cancel_id_ = cancellable ? std::optional(id) : std::nullopt;
  }
  return begun;
}

HRESULT CallObject::Wait(DWORD milliseconds) noexcept {
  return synchronize_->Wait(0, milliseconds);
}

CallResult CallObject::Finish() noexcept {
  Variant value;
  CallError error{};
  const HRESULT finished = asynchronous_->Finish_Call(value.Put(), &error);
  return CallResult::FromOuts(finished, std::move(value), error);
}

HRESULT CallObject::Cancel(ULONG seconds) noexcept {
  const HRESULT cancelled = cancel_->Cancel(seconds);
  // Ours tells the server itself.
  if (cancelled == S_OK && object_->HasCallFactory()) {
    std::optional<GUID> id;
    {
      const std::lock_guard lock(mutex_);
      id = cancel_id_;
    }
    if (id) {
      object_->TellCancelled(*id);
    }
  }
  return cancelled;
}

}  // namespace async_com
