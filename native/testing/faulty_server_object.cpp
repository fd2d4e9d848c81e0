#include "testing/faulty_server_object.h"

#include <utility>

#include "server/server.h"
#include "server/server_call_object.h"
#include "server/server_object.h"
#include "testing/fault.h"

namespace async_com {

namespace {

class FaultyServerCallObject final : public ServerCallObject {
 public:
  using ServerCallObject::ServerCallObject;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (FaultIs(Fault::kOwnIdentity) && iid == IID_IUnknown && object != nullptr) {
      *object = static_cast<AsyncIMethodCall*>(this);
      AddRef();
      return S_OK;
    }
    if (FaultIs(Fault::kServerCallNotSymmetric) && iid == IID_ISynchronize) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    return ServerCallObject::QueryInterface(iid, object);
  }

  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override {
    return FaultIs(Fault::kServerBeginFails)
               ? E_ACCESSDENIED
               : ServerCallObject::Begin_Call(method, arguments, cancel_id);
  }
};

class FaultyServerObject final : public ServerObject {
 public:
  using ServerObject::ServerObject;

  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                 VARIANT* result, CallError* error) noexcept override {
    const Fault refuses =
        cancel_id != nullptr ? Fault::kRefuseWithoutCallObject : Fault::kRefuseUncancellable;
    if (!GetServer()->HasCallObject() && FaultIs(refuses)) {
      VariantInit(result);
      *error = {};
      return E_NOTIMPL;
    }
    const HRESULT called = ServerObject::Call(method, arguments, cancel_id, result, error);
    if (FaultIs(Fault::kSynchronousLosesResult)) {
      VariantClear(result);
    }
    return called;
  }

  HRESULT STDMETHODCALLTYPE CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                       IUnknown** object) noexcept override {
    return ServerObject::CreateCall(
        FaultIs(Fault::kCreateAnyCall) ? IID_AsyncIMethodCall : async_iid, controlling, iid,
        object);
  }

 protected:
  void* Find(REFIID iid) noexcept override {
    return FaultIs(Fault::kNoCallFactory) && iid == IID_ICallFactory ? nullptr
                                                                     : ServerObject::Find(iid);
  }

  ServerCallObject* NewCallObject(IUnknown* controlling) override {
    return new FaultyServerCallObject(GetServer(), Target(), controlling);
  }
};

}  // namespace

void InstallFaultyServerObject() noexcept {
  make_server_object.Replace([](std::shared_ptr<Server> server) {
    return ComPtr<ServerObject>(MakeCom<FaultyServerObject>(std::move(server)));
  });
}

}  // namespace async_com
