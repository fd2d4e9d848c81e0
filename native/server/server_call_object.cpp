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

ServerCallObject::~ServerCallObject() {
  // JavaScript may keep the call for long after this.
  CallResult dropped;
  std::ignore = TakeAnswer(dropped);
}

HRESULT ServerCallObject::Begin_Call(BSTR method, SAFEARRAY* arguments,
                                     const GUID* cancel_id) noexcept {
  const HRESULT begun = Guarded([&] { return Begin(method, arguments, cancel_id); });
  // While a call is pending, Finish_ belongs to that call.
  return SUCCEEDED(begun) || begun == kCallPending ? begun : BeginFailed(begun);
}

HRESULT ServerCallObject::BeginFailed(HRESULT hresult) noexcept {
  {
    const std::lock_guard lock(mutex_);
    begin_failure_ = hresult;
  }
  ComPtr<IServerSecurity> context;
  ComPtr<ISynchronize> synchronize;
  if (is_alone_ || FAILED(CoGetCallContext(IID_PPV_ARGS(&context))) ||
      FAILED(Controlling()->QueryInterface(IID_PPV_ARGS(&synchronize)))) {
    return hresult;
  }
  // The call is COM's. What COM does if Begin_ fails is not documented, so Begin_ succeeds and the
  // client gets the failure from Finish_, which COM calls in Signal.
  std::ignore = synchronize->Signal();
  return S_OK;
}

std::shared_ptr<ServerCall> ServerCallObject::NewCall(BSTR method, SAFEARRAY* arguments,
                                                      const GUID* cancel_id,
                                                      ComPtr<ISynchronize> synchronize) {
  ServerCall::Origin origin(method, arguments, cancel_id, target_);
  if (!is_alone_ && SUCCEEDED(CoGetCallContext(IID_PPV_ARGS(&origin.security)))) {
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
    begin_failure_ = S_OK;
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

HRESULT ServerCallObject::TakeAnswer(CallResult& answer) noexcept {
  const std::lock_guard lock(mutex_);
  // A call for which Begin_ could not run ends here, too.
  auto& call = call_ != nullptr ? call_ : expected_;
  if (call == nullptr) {
    const HRESULT failed = std::exchange(begin_failure_, S_OK);
    return FAILED(failed) ? failed : RPC_E_CALL_COMPLETE;
  }
  if (!call->TakeResult(answer)) {
    return kCallPending;
  }
  call.reset();
  return S_OK;
}

HRESULT ServerCallObject::Finish(CallResult& answer) {
  HRESULT taken = TakeAnswer(answer);
  ComPtr<ISynchronize> synchronize;
  if (taken == kCallPending && is_alone_ &&
      SUCCEEDED(Controlling()->QueryInterface(IID_PPV_ARGS(&synchronize)))) {
    taken = synchronize->Wait(0, INFINITE);
    if (SUCCEEDED(taken)) {
      taken = TakeAnswer(answer);
    }
  }
  return taken;
}

HRESULT ServerCallObject::Finish_Call(VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  ClearOuts(result, error);
  return Guarded([&]() -> HRESULT {
    CallResult answer;
    const HRESULT finished = Finish(answer);
    return FAILED(finished) ? finished : answer.MoveTo(result, error);
  });
}

}  // namespace async_com
