#include "testing/faulty_client_call_object.h"

#include <atomic>
#include <utility>

#include "client/client_call_object.h"
#include "com/hresults.h"
#include "testing/fault.h"
#include "value/call_result.h"

namespace async_com {

namespace {

class FaultyClientCallObject final : public ClientCallObject {
 public:
  FaultyClientCallObject(std::shared_ptr<Connection> connection, IUnknown* controlling)
      : ClientCallObject(std::move(connection), controlling) {
    if (FaultIs(Fault::kLeakReleasedCall)) {
      NonDelegating()->AddRef();
    }
  }

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (FaultIs(Fault::kClientOwnIdentity) && iid == IID_IUnknown && object != nullptr) {
      *object = static_cast<AsyncIMethodCall*>(this);
      AddRef();
      return S_OK;
    }
    if (FaultIs(Fault::kClientCallNotSymmetric) && iid == IID_ISynchronize) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    return ClientCallObject::QueryInterface(iid, object);
  }

  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override {
    if (FaultIs(Fault::kUsableOnce) && finished_) {
      return kCallPending;
    }
    const HRESULT begun = ClientCallObject::Begin_Call(method, arguments, cancel_id);
    if (FaultIs(Fault::kBeginWhilePending) && begun == kCallPending) {
      return S_OK;
    }
    if (FaultIs(Fault::kBeginWaits) && SUCCEEDED(begun)) {
      return ClientCallObject::Wait(0, INFINITE);
    }
    return begun;
  }

  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override {
    const HRESULT finished = ClientCallObject::Finish_Call(result, error);
    if (FaultIs(Fault::kFinishNothing) && finished == RPC_E_CALL_COMPLETE) {
      return S_OK;
    }
    finished_ = finished_ || SUCCEEDED(finished);
    if (FaultIs(Fault::kFinishLosesResult) && SUCCEEDED(finished)) {
      Variant lost_value;
      *lost_value.Put() = *result;
      // These free the result that the caller does not get.
      Bstr lost_source;
      Bstr lost_description;
      *lost_source.Put() = error->source;
      *lost_description.Put() = error->description;
      VariantInit(result);
      *error = {};
      return S_OK;
    }
    if (FaultIs(Fault::kFinishLosesFailure) && finished == RPC_E_SERVERCALL_RETRYLATER) {
      return S_OK;
    }
    return finished;
  }

  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override {
    const bool pending = ClientCallObject::Wait(flags, 0) == kCallPending;
    const HRESULT waited = ClientCallObject::Wait(flags, milliseconds);
    if (FaultIs(Fault::kPendingWaitFails) && pending && waited == S_OK) {
      return kCallPending;
    }
    return FaultIs(Fault::kWaitSaysDone) && waited == kCallPending ? S_OK : waited;
  }

  HRESULT STDMETHODCALLTYPE Cancel(ULONG seconds) noexcept override {
    if (FaultIs(Fault::kIgnoreCancel)) {
      return S_OK;
    }
    const HRESULT cancelled = ClientCallObject::Cancel(FaultIs(Fault::kCancelAtOnce) ? 0 : seconds);
    const bool again = cancelled == HRESULT_FROM_WIN32(RPC_S_CALL_CANCELLED);
    return FaultIs(Fault::kCancelTwice) && again ? S_OK : cancelled;
  }

  HRESULT STDMETHODCALLTYPE TestCancel() noexcept override {
    return FaultIs(Fault::kTestCancelPending) ? kCallPending : ClientCallObject::TestCancel();
  }

 private:
  std::atomic<bool> finished_{false};
};

}  // namespace

void InstallFaultyClientCallObject() noexcept {
  make_client_call_object.Replace(
      [](std::shared_ptr<Connection> connection, IUnknown* controlling) {
        return MakeAggregated<FaultyClientCallObject>(std::move(connection), controlling);
      });
}

}  // namespace async_com
