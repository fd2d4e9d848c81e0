#include "testing/double/asynchronous_call.h"

#include <objbase.h>
#include <rpcdcep.h>

#include <string>
#include <tuple>
#include <utility>

#include "com/entry.h"
#include "com/win32_error.h"
#include "security/thread_token.h"
#include "testing/double/begin_threads.h"
#include "testing/double/call_unknown.h"
#include "testing/double/observed.h"

namespace async_com {

namespace {

thread_local RPC_BINDING_HANDLE rpc_call_of_thread = nullptr;

// Puts a call context on the calling thread while this object lives. CoSwitchCallContext adds no
// reference.
class ContextScope {
 public:
  explicit ContextScope(IUnknown* context) noexcept : set_(context != nullptr) {
    if (set_) {
      std::ignore = CoSwitchCallContext(context, &replaced_);
    }
  }
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;
  ~ContextScope() {
    IUnknown* ours = nullptr;
    if (set_) {
      std::ignore = CoSwitchCallContext(replaced_, &ours);
    }
  }

 private:
  const bool set_;
  IUnknown* replaced_ = nullptr;
};

IID RequestedOfCreateCall(Behaviour behaviour) noexcept {
  switch (behaviour) {
    case Behaviour::kCreateForAsync:
      return IID_AsyncIMethodCall;
    case Behaviour::kCreateForSynchronize:
      return IID_ISynchronize;
    default:
      return IID_IUnknown;
  }
}

}  // namespace

RPC_BINDING_HANDLE RpcCallOfBeginThread() noexcept { return rpc_call_of_thread; }

AsynchronousCall::AsynchronousCall(Behaviour behaviour, BSTR method, SAFEARRAY* arguments,
                                   const GUID* cancel_id)
    : behaviour_(behaviour),
      rpc_call_(I_RpcGetCurrentCallHandle()),
      context_(MakeCom<CallContext>(rpc_call_, behaviour)),
      in_(method, arguments, cancel_id) {}

AsynchronousCall::~AsynchronousCall() = default;

HRESULT AsynchronousCall::Create(ICallFactory& factory) {
  controlling_ = MakeCom<CallUnknown>(shared_from_this());
  const IID requested = RequestedOfCreateCall(behaviour_);
  ComPtr<IUnknown> created;
  HRESULT result = factory.CreateCall(IID_AsyncIMethodCall, controlling_.Get(), requested,
                                      created.GetAddressOf());
  if (SUCCEEDED(result) && requested == IID_AsyncIMethodCall) {
    begin_and_finish_ = static_cast<AsyncIMethodCall*>(created.Get());
  } else if (SUCCEEDED(result)) {
    // This is the non-delegating IUnknown.
    const IID iid =
        behaviour_ == Behaviour::kAsksForSynchronous ? IID_IMethodCall : IID_AsyncIMethodCall;
    result = created->QueryInterface(
        iid, reinterpret_cast<void**>(begin_and_finish_.ReleaseAndGetAddressOf()));
  }
  if (FAILED(result)) {
    created.Reset();
    Release();
    return result;
  }
  call_object_ = std::move(created);
  if (requested == IID_IUnknown) {
    controlling_->SetInner(call_object_);
  }
  return S_OK;
}

HRESULT AsynchronousCall::Run(VARIANT* result, CallError* error) {
  RunOnBeginThread([self = shared_from_this()] { self->Begin(); });
  std::unique_lock lock(mutex_);
  replied_.wait(lock, [this] { return has_reply_; });
  *result = result_.Detach();
  *error = std::exchange(error_, {});
  return hresult_;
}

void AsynchronousCall::Begin() noexcept {
  if (behaviour_ != Behaviour::kKeepsToken) {
    // Only that control leaves a token on a thread.
    std::ignore = TrySetThisThreadToken(nullptr);
  }
  {
    const std::lock_guard lock(mutex_);
    begin_thread_ = GetCurrentThreadId();
  }
  const HRESULT begun = BeginInContext();
  if (!TokenOfThisThread().IsAbsent() && behaviour_ != Behaviour::kKeepsToken) {
    Complain("the server left a token of its own on the thread");
    std::ignore = TrySetThisThreadToken(nullptr);
  }
  if (behaviour_ == Behaviour::kThreadEnds) {
    EndThisBeginThread();
  }
  {
    const std::lock_guard lock(mutex_);
    begin_thread_ = 0;
    begin_returned_ = true;
  }
  if (FAILED(begun)) {
    BeginFailed(begun);
  }
  ReleaseIfOver();
}

HRESULT AsynchronousCall::BeginInContext() noexcept {
  const ContextScope scope(behaviour_ == Behaviour::kNoCallContext ? nullptr : context_.Get());
  rpc_call_of_thread = behaviour_ == Behaviour::kNoCallHandle ? nullptr : rpc_call_;
  if (behaviour_ == Behaviour::kFreesInDataEarly) {
    in_.Overwrite();
  }
  const HRESULT begun =
      begin_and_finish_->Begin_Call(in_.Method(), in_.Arguments(), in_.CancelId());
  if (behaviour_ == Behaviour::kRemovesTokenLate) {
    constexpr DWORD kMilliseconds = 300;
    Sleep(kMilliseconds);
  }
  context_->BeginReturned();
  in_.Overwrite();
  in_.Free();
  rpc_call_of_thread = nullptr;
  return begun;
}

void AsynchronousCall::BeginFailed(HRESULT hresult) noexcept {
  Count(&Observed::failed_begins);
  if (behaviour_ == Behaviour::kSignalAfterFailedBegin) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    if (signalled_) {
      return;
    }
    signalled_ = true;
  }
  if (behaviour_ == Behaviour::kFinishAfterFailedBegin) {
    Finish();
  } else {
    context_->Complete();
    ReplyFailure(hresult);
  }
}

HRESULT AsynchronousCall::Reset() noexcept {
  if (behaviour_ == Behaviour::kCannotReset) {
    return E_NOTIMPL;
  }
  bool in_begin = false;
  {
    const std::lock_guard lock(mutex_);
    in_begin = begin_thread_ == GetCurrentThreadId();
  }
  if (!in_begin) {
    Complain("Reset outside Begin_");
  }
  Count(&Observed::resets);
  return behaviour_ == Behaviour::kResetCompletes ? Signal() : S_OK;
}

HRESULT AsynchronousCall::Signal() noexcept {
  Count(&Observed::signals);
  bool again = false;
  bool in_begin = false;
  {
    const std::lock_guard lock(mutex_);
    again = std::exchange(signalled_, true);
    in_begin = begin_thread_ == GetCurrentThreadId();
  }
  if (again) {
    Complain("the call was signalled twice");
    return RPC_E_CALL_COMPLETE;
  }
  if (in_begin) {
    Count(&Observed::signals_in_begin);
  }
  HRESULT result = S_OK;
  if (behaviour_ == Behaviour::kSignalFails) {
    result = RPC_E_DISCONNECTED;
  } else if (behaviour_ == Behaviour::kSignalOnBeginThread && !in_begin) {
    result = RPC_E_WRONG_THREAD;
  }
  if (FAILED(result)) {
    context_->Complete();
    ReplyFailure(result);
  } else {
    Finish();
  }
  ReleaseIfOver();
  return result;
}

void AsynchronousCall::Finish() noexcept {
  Count(&Observed::finishes);
  Variant result;
  CallError error{};
  const HRESULT finished = begin_and_finish_->Finish_Call(result.Put(), &error);
  context_->Complete();
  if (behaviour_ == Behaviour::kDropsTokenAtSignal) {
    std::ignore = TrySetThisThreadToken(nullptr);
  }
  if (behaviour_ == Behaviour::kDropsResult) {
    SysFreeString(error.source);
    SysFreeString(error.description);
    ReplyFailure(RPC_E_DISCONNECTED);
    return;
  }
  Reply(finished, std::move(result), error);
}

void AsynchronousCall::ReplyFailure(HRESULT hresult) noexcept { Reply(hresult, Variant(), {}); }

void AsynchronousCall::Reply(HRESULT hresult, Variant result, const CallError& error) noexcept {
  {
    const std::lock_guard lock(mutex_);
    hresult_ = hresult;
    result_ = std::move(result);
    error_ = error;
    has_reply_ = true;
  }
  replied_.notify_all();
}

void AsynchronousCall::ReleaseIfOver() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (!has_reply_ || !begin_returned_ || std::exchange(released_, true)) {
      return;
    }
  }
  Release();
}

// Releases the call object, then the controlling unknown. The server may still hold the latter on
// the thread that signals.
void AsynchronousCall::Release() noexcept {
  if (behaviour_ == Behaviour::kKeepsCallObject) {
    return;
  }
  begin_and_finish_.Reset();
  if (controlling_ != nullptr) {
    controlling_->SetInner(nullptr);
  }
  if (call_object_ != nullptr && RequestedOfCreateCall(behaviour_) == IID_IUnknown) {
    if (const ULONG left = call_object_.Detach()->Release(); left != 0) {
      Complain("the call object still has " + std::to_string(left) + " references");
    }
  }
  call_object_.Reset();
  controlling_.Reset();
}

}  // namespace async_com
