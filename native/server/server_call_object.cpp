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

// The thread is COM's own: COM takes its own impersonation off it, but not what a handler put on.
BeginReturn LeaveThreadToCom(ServerCall& call) {
  BeginReturn report;
  report.thread_id = GetCurrentThreadId();
  report.found = DescribeTokenOfThisThread();
  if (call.HasSetThreadToken()) {
    // First this, as COM would put back what it found, which is the handler's token.
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

HRESULT ServerCallObject::NewCall(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                  std::shared_ptr<ServerCall>& call) {
  ComPtr<ISynchronize> synchronize;
  const HRESULT found = Controlling()->QueryInterface(IID_PPV_ARGS(&synchronize));
  if (FAILED(found)) {
    return found;
  }
  // It may be signalled still, from the call before. One that cannot be reset is new for each call.
  std::ignore = synchronize->Reset();
  ServerCall::Origin origin;
  origin.method = method;
  origin.arguments = arguments;
  if (cancel_id != nullptr) {
    origin.cancel_id = *cancel_id;
  }
  origin.object = object_;
  origin.rpc_call = RpcCall::OfThisThread();
  if (FAILED(CoGetCallContext(IID_PPV_ARGS(&origin.security)))) {
    origin.security.Reset();
  }
  origin.path = origin.security != nullptr ? CallPath::kSystem : CallPath::kBridge;
  call = std::make_shared<ServerCall>(server_, std::move(origin), std::move(synchronize), nullptr);
  return S_OK;
}

HRESULT ServerCallObject::Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) {
  std::shared_ptr<ServerCall> call;
  bool expected = false;
  {
    const std::lock_guard lock(mutex_);
    if (call_ != nullptr) {
      return kCallPending;
    }
    call = std::exchange(expected_, nullptr);
    expected = call != nullptr;
  }
  if (!expected) {
    const HRESULT made = NewCall(method, arguments, cancel_id, call);
    if (FAILED(made)) {
      return made;
    }
  }
  {
    const std::lock_guard lock(mutex_);
    if (call_ != nullptr) {
      return kCallPending;
    }
    call_ = call;
  }
  if (!expected) {
    const HRESULT admitted = server_->Take(call);
    if (FAILED(admitted)) {
      const std::lock_guard lock(mutex_);
      call_.reset();
      return admitted;
    }
  }
  call->RunBegin();
  if (!expected) {
    call->BeginReturned(LeaveThreadToCom(*call), ServerCall::SignalOn::kCompletionThread);
  }
  return S_OK;
}

HRESULT ServerCallObject::Finish_Call(VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  VariantInit(result);
  *error = {};
  return Guarded([&]() -> HRESULT {
    CallResult staged;
    {
      const std::lock_guard lock(mutex_);
      if (call_ == nullptr) {
        return RPC_E_CALL_COMPLETE;
      }
      if (!call_->TakeResult(staged)) {
        return kCallPending;
      }
      call_.reset();
    }
    return staged.MoveTo(result, error);
  });
}

}  // namespace async_com
