#include "call/client_object.h"

#include <objbase.h>

#include <tuple>
#include <utility>

#include "call/client_call.h"
#include "call/thread_pool.h"
#include "com/activation.h"
#include "com/entry.h"
#include "com/runtime.h"
#include "com/win32_error.h"

namespace async_com {

std::shared_ptr<ClientObject> ClientObject::Activate(const std::wstring& name,
                                                     const std::wstring& host,
                                                     const Blanket& blanket) {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  CLSID clsid{};
  // Takes both forms.
  ThrowIfFailed(CLSIDFromString(name.c_str(), &clsid), "CLSIDFromString");
  ComPtr<IMethodCall> object;
  ActivateServer(clsid, host, IID_PPV_ARGS(&object));
  auto connected = std::make_shared<ClientObject>(std::move(object));
  if (!blanket.IsEmpty()) {
    connected->SetBlanket(blanket);
  }
  return connected;
}

ClientObject::ClientObject(ComPtr<IMethodCall> object) : object_(std::move(object)) {
  // Neither is needed: any server of IMethodCall will do. A server object in this very apartment is
  // no proxy, and its factory is for COM: it makes server call objects.
  ComPtr<IClientSecurity> proxy;
  if (SUCCEEDED(object_.As(&proxy)) && SUCCEEDED(object_.As(&factory_))) {
    // A proxy may offer the factory and yet know of no asynchronous form: then it has none for us.
    ComPtr<IUnknown> call;
    if (FAILED(factory_->CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, &call))) {
      factory_.Reset();
    }
  }
  if (SUCCEEDED(object_.As(&cancellation_))) {
    ThrowIfFailed(CoCreateGuid(&id_), "CoCreateGuid");
  }
}

ClientObject::~ClientObject() {
  try {
    ThreadPool::Worker().Run(MakeTask([object = std::move(object_), factory = std::move(factory_),
                                       cancellation = std::move(cancellation_)]() mutable {
      cancellation.Reset();
      factory.Reset();
      object.Reset();
    }));
  } catch (...) {
    // No thread to release them on: the task has released them here, the best that is left.
  }
}

HRESULT ClientObject::CreateCall(ComPtr<IUnknown>& call) {
  if (factory_ == nullptr) {
    call = ClientCall::Create(shared_from_this(), nullptr);
    return S_OK;
  }
  const HRESULT created = factory_->CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, &call);
  const Blanket blanket = Now().blanket;
  if (SUCCEEDED(created) && !blanket.IsEmpty()) {
    SetCallBlanket(call.Get(), blanket);
  }
  return created;
}

bool ClientObject::NewCancelId(GUID& id) noexcept {
  if (cancellation_ == nullptr) {
    return false;
  }
  id = id_;
  // The random bits that are left are more than anybody can try.
  id.Data1 += ++ids_;
  return true;
}

void ClientObject::TellCancelled(const GUID& id) noexcept {
  if (cancellation_ != nullptr) {
    // The client has gone on already; a server that cannot be told ends the call as it ends.
    std::ignore = cancellation_->CancelCall(id);
  }
}

void ClientObject::SetBlanket(const Blanket& blanket) {
  Use use = Now();
  use.blanket = use.blanket.With(blanket);
  // A copy: another connection may have the same proxy, and calls in progress keep theirs.
  use.object = WithBlanket(use.object.Get(), use.blanket);
  const std::lock_guard lock(mutex_);
  std::swap(object_, use.object);
  blanket_ = std::move(use.blanket);
}

ProxyBlanket ClientObject::QueryBlanket() { return QueryProxyBlanket(Now().object.Get()); }

CallObjectBlankets ClientObject::TryBlanketOnCallObject(const Blanket& blanket) {
  return async_com::TryBlanketOnCallObject(Now().object.Get(), blanket);
}

ClientObject::Use ClientObject::Now() {
  const std::lock_guard lock(mutex_);
  return {object_, blanket_};
}

ClientObject::Use ClientObject::NowWith(const Blanket& blanket) {
  Use use = Now();
  if (!blanket.IsEmpty()) {
    use.blanket = use.blanket.With(blanket);
    use.object = WithBlanket(use.object.Get(), use.blanket);
  }
  return use;
}

}  // namespace async_com
