#include "client/client_call.h"

#include <tuple>
#include <utility>

#include "client/held_objects.h"

#include "client/client_call_object.h"
#include "com/entry.h"
#include "com/hresults.h"
#include "com/win32_error.h"
#include "security/thread_token.h"

namespace async_com {

ClientCall::Own::Own(const std::shared_ptr<Connection>& connection)
    : call(make_client_call_object(connection, nullptr)) {
  ThrowIfFailed(call.As(&asynchronous), "QueryInterface(AsyncIMethodCall)");
  ThrowIfFailed(call.As(&synchronize), "QueryInterface(ISynchronize)");
  ThrowIfFailed(call.As(&cancel), "QueryInterface(ICancelMethodCalls)");
}

ClientCall::ClientCall(std::shared_ptr<Connection> connection)
    : connection_(std::move(connection)) {
  const HRESULT created = connection_->CreateSystemCall(system_);
  if (created == E_NOINTERFACE) {
    own_ = std::make_shared<Own>(connection_);
  } else {
    ThrowIfFailed(created, "ICallFactory::CreateCall");
  }
}

ClientCall::~ClientCall() {
  connection_->Calls().Remove(this);
  try {
    connection_->GetPeer().Errands().Run(
        MakeTask([own = std::move(own_)]() mutable { own.reset(); }));
  } catch (...) {
    // No thread is available. Destroying the task has released the pointers on this thread.
  }
}

std::shared_ptr<SystemCall> ClientCall::System() noexcept {
  const std::lock_guard lock(mutex_);
  return system_;
}

std::shared_ptr<ClientCall::Own> ClientCall::OwnObject() noexcept {
  const std::lock_guard lock(mutex_);
  return own_;
}

HRESULT ClientCall::Begin(const Bstr& method, const SafeArray& arguments) noexcept {
  GUID id{};
  const bool cancellable = connection_->NewCancelId(id);
  const GUID* const cancel_id = cancellable ? &id : nullptr;
  return Guarded([&]() -> HRESULT {
    if (const auto system = System()) {
      HRESULT begun = S_OK;
      {
        // COM's call object begins the call on this thread, so the thread needs the token. A
        // ClientCallObject puts the token on a thread of its own.
        const ThreadTokenScope scope(connection_->NextUse().blanket.AsWhenCalling());
        begun = system->Begin(method.Get(), arguments.Get(), cancel_id);
      }
      if (SUCCEEDED(begun)) {
        {
          const std::lock_guard lock(mutex_);
          cancel_id_ = cancellable ? std::optional(id) : std::nullopt;
        }
        if (!connection_->Calls().Add(shared_from_this())) {
          EnvironmentEnded();
        }
      }
      if (begun != E_NOINTERFACE) {
        return begun;
      }
      // COM has no asynchronous form of the call for this server. No handler has run.
      auto own = std::make_shared<Own>(connection_);
      std::shared_ptr<SystemCall> useless;  // Released without the lock.
      const std::lock_guard lock(mutex_);
      own_ = std::move(own);
      useless.swap(system_);
    }
    return OwnObject()->asynchronous->Begin_Call(method.Get(), arguments.Get(), cancel_id);
  });
}

void ClientCall::Wait(DWORD milliseconds, std::function<void(HRESULT)> done) {
  const auto system = System();
  if (system == nullptr) {
    connection_->GetPeer().Calls().Run(
        MakeTask([own = OwnObject(), milliseconds, done = std::move(done)] {
          done(own->synchronize->Wait(0, milliseconds));
        }));
    return;
  }
  connection_->GetPeer().Completions().Run(
      MakeTask([self = shared_from_this(), system, milliseconds, done = std::move(done)]() mutable {
        const HRESULT now = system->Wait(0);
        if (now != kCallPending || milliseconds == 0) {
          done(now);
        } else if (milliseconds == INFINITE && !system->IsInProgress()) {
          done(RPC_E_CALL_COMPLETE);
        } else {
          system->WhenComplete(
              MakeTask([self, system, milliseconds, done = std::move(done)] {
                const HRESULT then = system->Wait(0);
                // If the next call has begun meanwhile, the wait was still for the
                // one that is complete.
                done(milliseconds == INFINITE && then == kCallPending ? S_OK : then);
              }),
              milliseconds);
        }
      }));
}

void ClientCall::Finish(std::function<void(CallResult)> done) {
  const auto system = System();
  if (system == nullptr) {
    connection_->GetPeer().Calls().Run(
        MakeTask([own = OwnObject(), peer = connection_->SharedPeer(), done = std::move(done)] {
          Variant value;
          CallError error{};
          const HRESULT finished = own->asynchronous->Finish_Call(value.Put(), &error);
          done(ResultFromOuts(finished, std::move(value), error, peer));
        }));
    return;
  }
  connection_->GetPeer().Completions().Run(
      MakeTask([self = shared_from_this(), system, done = std::move(done)]() mutable {
        if (!system->IsInProgress()) {
          done(self->FinishSystemCall(*system));
          return;
        }
        system->WhenComplete(MakeTask(
            [self, system, done = std::move(done)] { done(self->FinishSystemCall(*system)); }));
      }));
}

CallResult ClientCall::FinishSystemCall(SystemCall& system) noexcept {
  connection_->Calls().Remove(this);
  Variant value;
  CallError error{};
  const HRESULT finished = system.Finish(value.Put(), &error);
  return ResultFromOuts(finished, std::move(value), error, connection_->SharedPeer());
}

HRESULT ClientCall::TestCancel() noexcept {
  const auto system = System();
  return system == nullptr ? OwnObject()->cancel->TestCancel() : system->TestCancel();
}

HRESULT ClientCall::Cancel(ULONG seconds) noexcept {
  const auto system = System();
  if (system == nullptr) {
    // A ClientCallObject tells the server itself.
    return OwnObject()->cancel->Cancel(seconds);
  }
  const HRESULT cancelled = system->Cancel(seconds);
  // COM may say RPC_S_CALL_CANCELLED, which is a success if it is not made an HRESULT.
  if (SUCCEEDED(cancelled)) {
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

void ClientCall::EnvironmentEnded() noexcept {
  try {
    connection_->GetPeer().Errands().Run(
        MakeTask([self = shared_from_this()] { std::ignore = self->Cancel(0); }));
  } catch (...) {
    // No thread is available. The server is not told, and its answer is dropped.
  }
}

}  // namespace async_com
