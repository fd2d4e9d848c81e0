#include "client/connection.h"

#include <objbase.h>

#include <tuple>
#include <utility>

#include "client/activation.h"
#include "com/win32_error.h"

namespace async_com {

std::shared_ptr<Connection> Connection::Activate(const std::wstring& name, const std::wstring& host,
                                                 const BlanketOptions& blanket,
                                                 std::shared_ptr<Peer> peer,
                                                 std::shared_ptr<CallGroup> calls) {
  ComPtr<IMethodCall> object;
  ActivateServer(name, host, IID_PPV_ARGS(&object));
  auto connected =
      std::make_shared<Connection>(std::move(object), std::move(peer), std::move(calls));
  if (!blanket.IsEmpty()) {
    connected->SetBlanket(blanket);
  }
  return connected;
}

Connection::Connection(ComPtr<IMethodCall> object, std::shared_ptr<Peer> peer,
                       std::shared_ptr<CallGroup> calls)
    : peer_(std::move(peer)), calls_(std::move(calls)), object_(std::move(object)) {
  // Neither interface is required, because a client can use any server of IMethodCall. A server
  // object in this apartment is not a proxy. Its ICallFactory is for COM and makes server call
  // objects, so it is not used here.
  ComPtr<IClientSecurity> proxy;
  is_proxy_ = SUCCEEDED(object_.As(&proxy));
  // A proxy may have ICallFactory and still know no asynchronous form of the interface. And if a
  // proxy for ICallFactory is registered, the factory may be the server's, which makes call objects
  // for COM in its own process. Those cannot have ICancelMethodCalls here, because it is a local
  // interface, which has no proxy.
  std::shared_ptr<SystemCall> call;
  if (is_proxy_ && SUCCEEDED(object_.As(&factory_)) &&
      FAILED(SystemCall::Create(*factory_.Get(), peer_, call))) {
    factory_.Reset();
  }
  if (SUCCEEDED(object_.As(&cancellation_))) {
    ThrowIfFailed(CoCreateGuid(&id_), "CoCreateGuid");
  }
}

Connection::~Connection() {
  try {
    peer_->Errands().Run(MakeTask([object = std::move(object_), factory = std::move(factory_),
                                   cancellation = std::move(cancellation_)]() mutable {
      cancellation.Reset();
      factory.Reset();
      object.Reset();
    }));
  } catch (...) {
    // No thread is available. Destroying the task has released the pointers on this thread.
  }
}

HRESULT Connection::CreateSystemCall(std::shared_ptr<SystemCall>& call) {
  if (factory_ == nullptr) {
    return E_NOINTERFACE;
  }
  std::shared_ptr<SystemCall> created;
  const HRESULT result = SystemCall::Create(*factory_.Get(), peer_, created);
  const BlanketOptions blanket = NextUse().blanket;
  if (SUCCEEDED(result) && !blanket.IsEmpty()) {
    ComPtr<IClientSecurity> security;
    if (FAILED(created->Object()->QueryInterface(IID_PPV_ARGS(&security)))) {
      return E_NOINTERFACE;
    }
    SetCallBlanket(created->Object(), blanket);
  }
  call = std::move(created);
  return result;
}

bool Connection::NewCancelId(GUID& id) noexcept {
  if (cancellation_ == nullptr) {
    return false;
  }
  id = id_;
  // The other random bits are still too many to guess.
  id.Data1 += ++ids_;
  return true;
}

void Connection::TellCancelled(const GUID& id) noexcept {
  if (cancellation_ != nullptr) {
    // The client has already continued. If the server cannot be told, its call continues as if it
    // was not cancelled.
    std::ignore = cancellation_->CancelCall(id);
  }
}

void Connection::SetBlanket(const BlanketOptions& blanket) {
  Use use = NextUse();
  use.blanket = use.blanket.With(blanket);
  // Set on a copy, because another connection may have the same proxy. Calls in progress keep their
  // blanket.
  use.object = WithBlanket(use.object.Get(), use.blanket);
  const std::lock_guard lock(mutex_);
  std::swap(object_, use.object);
  blanket_ = std::move(use.blanket);
}

Blanket Connection::QueryBlanket() { return QueryProxyBlanket(NextUse().object.Get()); }

Connection::Use Connection::NextUse() {
  const std::lock_guard lock(mutex_);
  return {object_, blanket_};
}

Connection::Use Connection::UseWith(const BlanketOptions& blanket) {
  Use use = NextUse();
  if (!blanket.IsEmpty()) {
    use.blanket = use.blanket.With(blanket);
    use.object = WithBlanket(use.object.Get(), use.blanket);
  }
  return use;
}

}  // namespace async_com
