#include "server/server_call_object.h"

#include <objbase.h>

#include <tuple>
#include <utility>

#include "com/entry.h"
#include "com/hresults.h"
#include "security/clean_thread.h"
#include "security/server_security.h"
#include "server/server.h"
#include "server/server_call.h"

namespace async_com {

namespace {

// Called on COM's own thread when Begin_ returns. COM removes its own impersonation from the
// thread, but not a token that a handler put there.
BeginReturn LeaveThreadToCom(ServerCall& call) {
  BeginReturn report;
  report.thread_id = GetCurrentThreadId();
  report.found = DescribeTokenOfThisThread();
  if (call.HasSetThreadToken()) {
    // Reverts first, because COM puts back the token that it found, which is the handler's.
    if (const auto context = call.Security(); context != nullptr && context->IsImpersonating()) {
      std::ignore = context->RevertToSelf();
    }
    CleanThreadOrEndProcess();
  }
  return report;
}

}  // namespace

HRESULT ServerCallObject::Begin_Call(BSTR method, SAFEARRAY* arguments,
                                     const GUID* cancel_id) noexcept {
  return Guarded([&] { return Begin(method, arguments, cancel_id); });
}

std::shared_ptr<ServerCall> ServerCallObject::NewCall(BSTR method, SAFEARRAY* arguments,
                                                      const GUID* cancel_id,
                                                      ComPtr<ISynchronize> synchronize) {
  ServerCall::Origin origin(method, arguments, cancel_id, object_);
  if (SUCCEEDED(CoGetCallContext(IID_PPV_ARGS(&origin.security)))) {
    origin.path = CallPath::kSystem;
    origin.rpc_call = RpcCall::OfThisThread();
  } else {
    // The caller is in this apartment. If this thread is inside an RPC call, that is not this
    // call's.
    origin.security.Reset();
    origin.rpc_call = RpcCall::None();
  }
  return std::make_shared<ServerCall>(server_, std::move(origin), std::move(synchronize), nullptr);
}

bool ServerCallObject::IsExpected() noexcept {
  const std::lock_guard lock(mutex_);
  return expected_ != nullptr;
}

HRESULT ServerCallObject::Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) {
  ComPtr<ISynchronize> synchronize;
  const HRESULT found = Controlling()->QueryInterface(IID_PPV_ARGS(&synchronize));
  if (FAILED(found)) {
    return found;
  }
  const bool expected = IsExpected();
  auto call = expected ? nullptr : NewCall(method, arguments, cancel_id, synchronize);
  {
    const std::lock_guard lock(mutex_);
    if (call_ != nullptr) {
      return kCallPending;
    }
    if (expected) {
      call = std::exchange(expected_, nullptr);
    }
    call_ = call;
  }
  if (expected) {
    call->RunBegin();
    return S_OK;
  }
  // It may still be signalled from the call before. An ISynchronize that cannot be reset is new for
  // each call.
  std::ignore = synchronize->Reset();
  const HRESULT admitted = Guarded([&] { return server_->Take(call); });
  if (FAILED(admitted)) {
    call->Refused();
    const std::lock_guard lock(mutex_);
    call_.reset();
    return admitted;
  }
  call->RunBegin();
  call->BeginReturned(LeaveThreadToCom(*call), ServerCall::SignalOn::kCompletionThread);
  return S_OK;
}

HRESULT ServerCallObject::Finish_Call(VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  ClearOuts(result, error);
  return Guarded([&]() -> HRESULT {
    CallResult staged;
    {
      const std::lock_guard lock(mutex_);
      // A call for which Begin_ could not run ends here, too.
      auto& call = call_ != nullptr ? call_ : expected_;
      if (call == nullptr) {
        return RPC_E_CALL_COMPLETE;
      }
      if (!call->TakeResult(staged)) {
        return kCallPending;
      }
      call.reset();
    }
    return staged.MoveTo(result, error);
  });
}

}  // namespace async_com
