#include "call/server_call.h"

#include <objbase.h>

#include <tuple>
#include <utility>

#include "call/client_watch.h"
#include "call/fault.h"
#include "call/object_calls.h"
#include "call/server.h"
#include "com/entry.h"
#include "security/call_security.h"
#include "security/clean_thread.h"

namespace async_com {

// The non-delegating IUnknown; owns the call object.
class ServerCall::Inner final : public IUnknown {
 public:
  Inner(std::shared_ptr<Server> server, std::shared_ptr<ObjectCalls> calls, IUnknown* controlling)
      : call_(new ServerCall(std::move(server), std::move(calls), controlling)) {}
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    if (iid == IID_IUnknown) {
      *object = static_cast<IUnknown*>(this);
      AddRef();
      return S_OK;
    }
    if (iid == IID_AsyncIMethodCall) {
      *object = static_cast<AsyncIMethodCall*>(call_);
      call_->AddRef();
      return S_OK;
    }
    *object = nullptr;
    return E_NOINTERFACE;
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = references_.Decrement();
    if (left == 0) {
      delete this;
    }
    return left;
  }

 private:
  ~Inner() { delete call_; }

  RefCount references_;
  ServerCall* const call_;
};

ComPtr<IUnknown> ServerCall::Create(std::shared_ptr<Server> server,
                                    std::shared_ptr<ObjectCalls> calls, IUnknown* controlling) {
  return MakeCom<Inner>(std::move(server), std::move(calls), controlling);
}

HRESULT ServerCall::QueryInterface(REFIID iid, void** object) noexcept {
  if (FaultIs(Fault::kOwnIdentity) && iid == IID_IUnknown && object != nullptr) {
    *object = static_cast<AsyncIMethodCall*>(this);
    AddRef();
    return S_OK;
  }
  return controlling_->QueryInterface(iid, object);
}

ULONG ServerCall::AddRef() noexcept { return controlling_->AddRef(); }

ULONG ServerCall::Release() noexcept { return controlling_->Release(); }

HRESULT ServerCall::Begin_Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept {
  return Guarded([&] { return Begin(method, arguments, cancel_id); });
}

HRESULT ServerCall::Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) {
  ComPtr<ISynchronize> synchronize;
  const HRESULT found = controlling_->QueryInterface(IID_PPV_ARGS(&synchronize));
  if (FAILED(found)) {
    return found;
  }
  // The context tells which way the call came: over the bridge it is ours.
  ComPtr<IServerSecurity> security;
  if (FAILED(CoGetCallContext(IID_PPV_ARGS(&security)))) {
    security.Reset();
  }
  CallSecurity* const bridge = CallSecurity::From(security.Get());
  const CallPath path =
      security != nullptr && bridge == nullptr ? CallPath::kSystem : CallPath::kBridge;

  const auto call =
      std::make_shared<Call>(server_, method, arguments, synchronize, std::move(security), path);
  {
    const std::lock_guard lock(mutex_);
    if (call_ != nullptr) {
      return static_cast<HRESULT>(RPC_S_CALLPENDING);
    }
    call_ = call;
  }
  // It may be signalled still, from the call before. One that cannot be reset is new for each call.
  std::ignore = synchronize->Reset();
  // Over the bridge this is a Begin_ thread: the RPC thread knows who calls.
  const DWORD client = bridge != nullptr ? bridge->ClientProcess() : UsedByCaller(*calls_, server_);
  const HRESULT entered = calls_->Enter(cancel_id, client, call);
  if (FAILED(entered)) {
    Forget();
    return entered;
  }
  call->EnteredIn(calls_);
  if (bridge != nullptr) {
    bridge->CallIs(call);
    call->RpcThreadIs(bridge->RpcThread());
    if (FaultIs(Fault::kNoCallContext)) {
      IUnknown* context = nullptr;
      CoSwitchCallContext(nullptr, &context);
    }
  }
  const HRESULT result = call->RunBegin();
  if (FAILED(result)) {
    if (bridge != nullptr) {
      bridge->CallIs(nullptr);
    }
    calls_->Leave(call->Id());
    Forget();
    return result;
  }
  if (bridge == nullptr) {
    BeginReturn report;
    report.thread_id = GetCurrentThreadId();
    report.found = SeeThisThread();
    // COM undoes its own impersonation of this thread, which is its own; not what a handler put on.
    if (call->HasSetThreadToken()) {
      // Before that, as COM puts back then what it found: the handler's token.
      if (const auto context = call->Security(); context != nullptr && context->IsImpersonating()) {
        std::ignore = context->RevertToSelf();
      }
      CleanThreadOrEndProcess();
    }
    call->BeginReturned(std::move(report));
  }
  return result;
}

void ServerCall::Forget() noexcept {
  std::shared_ptr<Call> call;
  const std::lock_guard lock(mutex_);
  call.swap(call_);
}

HRESULT ServerCall::Finish_Call(VARIANT* result, CallError* error) noexcept {
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
        return static_cast<HRESULT>(RPC_S_CALLPENDING);
      }
      call_.reset();
    }
    if (FAILED(staged.hresult)) {
      return staged.hresult;
    }
    *result = staged.value.Detach();
    error->code = staged.handler_error;
    error->source = staged.source.Detach();
    error->description = staged.description.Detach();
    return staged.hresult;
  });
}

}  // namespace async_com
