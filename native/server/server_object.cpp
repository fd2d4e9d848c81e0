#include "server/server_object.h"

#include <objbase.h>

#include <mutex>
#include <utility>

#include "com/entry.h"
#include "security/rpc_call.h"
#include "server/bridge.h"
#include "server/controlling_unknown.h"
#include "server/dispatch.h"
#include "server/enumerator.h"
#include "server/server.h"
#include "server/server_call_object.h"
#include "value/call_result.h"

namespace async_com {

namespace {

// Only objects of this copy of the addon answer to it, with a ServerObject's IMethodCall. It has no
// proxy, so no other process can ask for it.
constexpr IID kServerObjectOfThisProcess = {
    0x5f1e2c6a, 0x7d0b, 0x4a53, {0x9c, 0x41, 0x2b, 0x8e, 0x6d, 0x17, 0x3f, 0xa9}};

template <typename Interface>
bool Has(IUnknown* object) {
  ComPtr<Interface> found;
  return SUCCEEDED(object->QueryInterface(IID_PPV_ARGS(&found)));
}

// A call object has no reference to its controlling unknown, by COM's rule for aggregation. So
// CreateCall is only for callers in this process, and only with a controlling unknown that holds
// the call object and outlives it. Where a proxy for ICallFactory is registered, clients in other
// processes can call it, too. Returns false for what they may give:
//
// - A proxy, at any time: the proxy manager has IClientSecurity. Only the caller's stub holds it.
// - While an RPC call of another process runs on this thread: nothing, or an object of this process
//   that clients have references to. COM's stub calls CreateCall during such a call, with an object
//   of its own, which has none of the interfaces below.
bool MayControl(IUnknown* controlling) {
  if (controlling != nullptr && Has<IClientSecurity>(controlling)) {
    return false;
  }
  if (RpcCall::OfThisThread()->GetClient().kind == RpcCall::Client::Kind::kNone) {
    return true;
  }
  return controlling != nullptr && !Has<IMethodCall>(controlling) &&
         !Has<IClassFactory>(controlling);
}

}  // namespace

ServerObject::ServerObject(std::shared_ptr<Server> server)
    : ServerObject(server, server->Class()) {}

ServerObject::ServerObject(std::shared_ptr<Server> server,
                           std::shared_ptr<const ObjectClass> object_class)
    : server_(std::move(server)), target_{server_->Add(this), std::move(object_class)} {}

ServerObject::~ServerObject() { server_->Remove(this); }

ComPtr<ServerObject> ServerObject::From(IUnknown* object) {
  ComPtr<IMethodCall> found;
  if (FAILED(object->QueryInterface(kServerObjectOfThisProcess,
                                    reinterpret_cast<void**>(found.GetAddressOf())))) {
    return nullptr;
  }
  return static_cast<ServerObject*>(found.Get());
}

void* ServerObject::Find(REFIID iid) noexcept {
  if (iid == kServerObjectOfThisProcess) {
    return static_cast<IMethodCall*>(this);
  }
  if (iid == IID_IProvideClassInfo) {
    return static_cast<IProvideClassInfo2*>(this);
  }
  return iid == Class().Iid() && iid != IID_NULL ? static_cast<IDispatch*>(this)
                                                 : ComObject::Find(iid);
}

void ServerObject::SetEnumerator(Enumerator* enumerator) noexcept {
  const std::lock_guard lock(mutex_);
  enumerator_ = enumerator;
}

void ServerObject::Disconnect() noexcept {
  ComPtr<IUnknown> enumerator;
  {
    const std::lock_guard lock(mutex_);
    if (enumerator_ != nullptr && enumerator_->AddRefUnlessGone()) {
      enumerator = Adopt<IUnknown>(enumerator_);
    }
  }
  CoDisconnectObject(enumerator == nullptr ? Identity() : enumerator.Get(), 0);
}

HRESULT ServerObject::Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                           VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  ClearOuts(result, error);
  return Guarded([&] {
    // On some hosts CoDisconnectObject releases the object in the middle of a call.
    const ComPtr<IUnknown> self(Identity());
    CallResult answer =
        CallThroughBridge(*this, ServerCall::Origin(method, arguments, cancel_id, target_));
    return answer.MoveTo(result, error);
  });
}

HRESULT ServerObject::CancelCall(REFGUID cancel_id) noexcept {
  return Guarded([&] { return server_->Cancel(Id(), cancel_id); });
}

HRESULT ServerObject::CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                 IUnknown** object) noexcept {
  if (object == nullptr) {
    return E_POINTER;
  }
  *object = nullptr;
  if (async_iid != IID_AsyncIMethodCall || !server_->HasCallObject()) {
    return E_NOINTERFACE;
  }
  return Guarded([&]() -> HRESULT {
    // If COM itself is ever refused by mistake, E_NOINTERFACE makes it call synchronously.
    if (!MayControl(controlling)) {
      return E_NOINTERFACE;
    }
    if (controlling != nullptr) {
      auto* const call_object = NewCallObject(controlling);
      const auto inner = Adopt(call_object->NonDelegating());
      if (iid != IID_IUnknown) {
        call_object->KeepByInterfaces();
      }
      return inner->QueryInterface(iid, reinterpret_cast<void**>(object));
    }
    const auto alone = MakeCom<ControllingUnknown>(nullptr);
    auto* const call_object = NewCallObject(alone.Get());
    alone->SetInner(Adopt(call_object->NonDelegating()));
    call_object->SetAlone();
    return alone->QueryInterface(iid, reinterpret_cast<void**>(object));
  });
}

HRESULT ServerObject::InterfaceSupportsErrorInfo(REFIID iid) noexcept {
  return iid == IID_IDispatch || (iid == Class().Iid() && iid != IID_NULL) ? S_OK : S_FALSE;
}

HRESULT ServerObject::GetClassInfo(ITypeInfo** info) noexcept {
  if (info == nullptr) {
    return E_POINTER;
  }
  *info = nullptr;
  return Guarded([&]() -> HRESULT {
    ComPtr<ITypeInfo> found = Class().HasTypeInfo() ? Class().TypeInfo().class_info : nullptr;
    *info = found.Detach();
    return *info == nullptr ? TYPE_E_ELEMENTNOTFOUND : S_OK;
  });
}

HRESULT ServerObject::GetGUID(DWORD, GUID* guid) noexcept {
  if (guid == nullptr) {
    return E_POINTER;
  }
  *guid = GUID_NULL;
  return E_INVALIDARG;
}

HRESULT ServerObject::GetTypeInfoCount(UINT* count) noexcept {
  if (count == nullptr) {
    return E_POINTER;
  }
  *count = Class().HasTypeInfo() ? 1 : 0;
  return S_OK;
}

// The names are in no language, so the locale does not matter.
HRESULT ServerObject::GetTypeInfo(UINT index, LCID, ITypeInfo** info) noexcept {
  if (info == nullptr) {
    return E_POINTER;
  }
  *info = nullptr;
  if (index != 0 || !Class().HasTypeInfo()) {
    return DISP_E_BADINDEX;
  }
  return Guarded([&] {
    *info = Class().TypeInfo().interface_info.Detach();
    return S_OK;
  });
}

HRESULT ServerObject::GetIDsOfNames(REFIID reserved, LPOLESTR* names, UINT count, LCID,
                                    DISPID* ids) noexcept {
  return GetIdsOfNames(*this, reserved, names, count, ids);
}

HRESULT ServerObject::Invoke(DISPID id, REFIID reserved, LCID locale, WORD flags,
                             DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                             UINT* wrong_argument) noexcept {
  // As in Call.
  const ComPtr<IUnknown> self(Identity());
  return InvokeMember(*this, id, reserved, locale, flags, parameters, result, exception,
                      wrong_argument);
}

ServerCallObject* ServerObject::NewCallObject(IUnknown* controlling) {
  return new ServerCallObject(server_, target_, controlling);
}

constinit Seam<ComPtr<ServerObject>(std::shared_ptr<Server>)> make_server_object(
    [](std::shared_ptr<Server> server) { return MakeCom<ServerObject>(std::move(server)); });

}  // namespace async_com
