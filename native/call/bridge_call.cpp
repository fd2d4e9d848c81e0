#include "call/bridge_call.h"

#include <objbase.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include "call/call.h"
#include "call/fault.h"
#include "security/clean_thread.h"
#include "security/fault_effects.h"

namespace async_com {

namespace {

// A call context on the calling thread, one of ours and so without another, while this lives. COM
// takes and gives no references here.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coswitchcallcontext
class CallContextScope {
 public:
  explicit CallContextScope(IUnknown* context) noexcept
      : result_(CoSwitchCallContext(context, &replaced_)) {}
  CallContextScope(const CallContextScope&) = delete;
  CallContextScope& operator=(const CallContextScope&) = delete;
  ~CallContextScope() {
    if (FAILED(result_) || FaultIs(Fault::kKeepCallContext)) {
      return;
    }
    CoSwitchCallContext(nullptr, &replaced_);
  }

  HRESULT Result() const noexcept { return result_; }

 private:
  IUnknown* replaced_ = nullptr;
  const HRESULT result_;
};

}  // namespace

BridgeCall::BridgeCall(ComPtr<CallSecurity> security) : security_(std::move(security)) {}

void BridgeCall::RunBegin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept {
  const CallContextScope context(security_.Get());
  security_->BeginStarts();
  if (FaultIs(Fault::kLeakTokenIntoNextCall)) {
    PutRememberedToken();
  }
  ComPtr<AsyncIMethodCall> async_call;
  HRESULT result = context.Result();
  if (SUCCEEDED(result)) {
    result = call_object_.As(&async_call);
  }
  if (SUCCEEDED(result)) {
    result = async_call->Begin_Call(method, arguments, cancel_id);
  }
  if (FaultIs(Fault::kRestoreTokenAtBeginReturn)) {
    PutRememberedToken();
  }
  if (FaultIs(Fault::kLeakTokenIntoNextCall)) {
    RememberToken();
  }
  if (FaultIs(Fault::kKeepTokenAfterBegin) && WasSignalledOnBeginThread(security_.Get())) {
    KeepTokenOnce();
  }
  security_->BeginReturned();
  security_->ForgetThisThread();
  if (FAILED(result)) {
    begin_result_ = result;
    Signal();
  }
}

void BridgeCall::BeginReturned(ThreadCleaning&& cleaning) noexcept {
  const std::shared_ptr<Call> call = security_->TakeCall();
  if (call == nullptr) {
    return;
  }
  BeginReturn report;
  report.thread_id = GetCurrentThreadId();
  report.found = std::move(cleaning.found);
  report.after = std::move(cleaning.after);
  ComPtr<IUnknown> left_behind;
  report.call_context = CoGetCallContext(IID_PPV_ARGS(&left_behind));
  call->BeginReturned(std::move(report));
}

HRESULT BridgeCall::Finish(VARIANT* result, CallError* error) noexcept {
  Wait(0, INFINITE);
  if (FAILED(begin_result_)) {
    return begin_result_;
  }
  ComPtr<AsyncIMethodCall> async_call;
  const HRESULT found = call_object_.As(&async_call);
  if (FAILED(found)) {
    return found;
  }
  const HRESULT finished = async_call->Finish_Call(result, error);
  if (FaultIs(Fault::kLeakServerCall)) {
    AddRef();
  }
  if (FaultIs(Fault::kSynchronousLosesResult)) {
    VariantClear(result);
  }
  return finished;
}

HRESULT BridgeCall::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) {
    return E_POINTER;
  }
  if (iid == IID_IUnknown || iid == IID_ISynchronize) {
    *object = static_cast<ISynchronize*>(this);
    AddRef();
    return S_OK;
  }
  *object = nullptr;
  return call_object_ == nullptr ? E_NOINTERFACE : call_object_->QueryInterface(iid, object);
}

ULONG BridgeCall::AddRef() noexcept { return references_.Increment(); }

ULONG BridgeCall::Release() noexcept {
  const ULONG left = references_.Decrement();
  if (left == 0) {
    delete this;
  }
  return left;
}

HRESULT BridgeCall::Wait(DWORD, DWORD milliseconds) noexcept {
  std::unique_lock lock(mutex_);
  const auto signalled = [this] { return signalled_; };
  if (milliseconds == INFINITE) {
    signalled_changed_.wait(lock, signalled);
    return S_OK;
  }
  return signalled_changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), signalled)
             ? S_OK
             : static_cast<HRESULT>(RPC_S_CALLPENDING);
}

HRESULT BridgeCall::Signal() noexcept {
  if (security_ != nullptr) {
    security_->CallSignalled();
  }
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  // Outside the lock, which who wakes takes first. (Who signals holds a reference.)
  signalled_changed_.notify_all();
  return S_OK;
}

HRESULT BridgeCall::Reset() noexcept {
  const std::lock_guard lock(mutex_);
  signalled_ = false;
  return S_OK;
}

}  // namespace async_com
