#include "call/server_object.h"

#include <utility>

#include "call/bridge_call.h"
#include "call/client_watch.h"
#include "call/fault.h"
#include "call/object_calls.h"
#include "call/server.h"
#include "call/server_call.h"
#include "call/thread_pool.h"
#include "com/entry.h"
#include "security/clean_thread.h"

namespace async_com {

namespace {

// Begin_, on a Begin_ thread. The arguments are the caller's, who waits for Signal.
class BeginTask final : public Task {
 public:
  BeginTask(ComPtr<BridgeCall> bridge, BSTR method, SAFEARRAY* arguments, const GUID* cancel_id)
      : bridge_(std::move(bridge)), method_(method), arguments_(arguments), cancel_id_(cancel_id) {}

  void Run() noexcept override { bridge_->RunBegin(method_, arguments_, cancel_id_); }
  void ThreadIsClean(ThreadCleaning&& cleaning) noexcept override {
    bridge_->BeginReturned(std::move(cleaning));
  }

 private:
  const ComPtr<BridgeCall> bridge_;
  const BSTR method_;
  SAFEARRAY* const arguments_;
  const GUID* const cancel_id_;
};

}  // namespace

ServerObject::ServerObject(std::shared_ptr<Server> server)
    : server_(std::move(server)), calls_(std::make_shared<ObjectCalls>()) {
  server_->Add(this);
}

ServerObject::~ServerObject() { server_->Remove(this); }

HRESULT ServerObject::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) {
    return E_POINTER;
  }
  if (iid == IID_IUnknown || iid == IID_IMethodCall) {
    *object = static_cast<IMethodCall*>(this);
  } else if (iid == IID_ICallFactory && !FaultIs(Fault::kNoCallFactory)) {
    *object = static_cast<ICallFactory*>(this);
  } else if (iid == IID_ICallCancellation) {
    *object = static_cast<ICallCancellation*>(this);
  } else {
    *object = nullptr;
    return E_NOINTERFACE;
  }
  AddRef();
  return S_OK;
}

ULONG ServerObject::AddRef() noexcept { return references_.Increment(); }

ULONG ServerObject::Release() noexcept {
  const ULONG left = references_.Decrement();
  if (left == 0) {
    delete this;
  }
  return left;
}

HRESULT ServerObject::Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                           VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  VariantInit(result);
  *error = {};
  if (!server_->HasCallObject() && FaultIs(cancel_id != nullptr ? Fault::kRefuseWithoutCallObject
                                                                : Fault::kRefuseUncancellable)) {
    return E_NOTIMPL;
  }
  return Guarded([&]() -> HRESULT {
    // CoDisconnectObject lets go of the object, on some hosts in the middle of a call.
    const ComPtr<IUnknown> self(Identity());
    const auto security = MakeCom<CallSecurity>(CaptureClientIdentity());
    security->RpcThreadIs(GetCurrentThreadId());
    security->ClientProcessIs(UsedByCaller(*calls_, server_));
    const auto bridge = MakeCom<BridgeCall>(security);
    bridge->Aggregates(ServerCall::Create(server_, calls_, bridge.Get()));
    auto refused = ThreadPool::Begin().TryRun(
        std::make_unique<BeginTask>(bridge, method, arguments, cancel_id));
    if (refused != nullptr) {
      return RPC_E_SERVERCALL_RETRYLATER;
    }
    const HRESULT finished = bridge->Finish(result, error);
    if (FaultIs(Fault::kTokenOnRpcThread)) {
      CleanThreadOrEndProcess();
    }
    return finished;
  });
}

HRESULT ServerObject::CancelCall(REFGUID cancel_id) noexcept {
  return Guarded([&] { return calls_->Cancel(cancel_id); });
}

HRESULT ServerObject::CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                 IUnknown** object) noexcept {
  if (object == nullptr) {
    return E_POINTER;
  }
  *object = nullptr;
  const bool known = async_iid == IID_AsyncIMethodCall || FaultIs(Fault::kCreateAnyCall);
  if (!known || !server_->HasCallObject()) {
    return E_NOINTERFACE;
  }
  // COM's rule for aggregation: only IUnknown may be asked for.
  if (controlling != nullptr && iid != IID_IUnknown) {
    return CLASS_E_NOAGGREGATION;
  }
  return Guarded([&]() -> HRESULT {
    if (controlling != nullptr) {
      *object = ServerCall::Create(server_, calls_, controlling).Detach();
      return S_OK;
    }
    const auto alone = MakeCom<BridgeCall>(nullptr);
    alone->Aggregates(ServerCall::Create(server_, calls_, alone.Get()));
    return alone->QueryInterface(iid, reinterpret_cast<void**>(object));
  });
}

}  // namespace async_com
