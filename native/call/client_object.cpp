#include "call/client_object.h"

#include <objbase.h>
#include <objidl.h>

#include <utility>

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
  ComPtr<ICallFactory> factory;
  has_call_factory_ = SUCCEEDED(object_.As(&factory));
}

ClientObject::~ClientObject() {
  try {
    ThreadPool::Worker().Run(MakeTask([object = std::move(object_)]() mutable { object.Reset(); }));
  } catch (...) {
    // No thread to release it on: the task has released it here, which is the best that is left.
  }
}

CallResult ClientObject::Call(const Bstr& method, const SafeArray& arguments,
                              const Blanket& blanket) noexcept {
  CallResult result;
  CallError error{};
  VARIANT* const value = result.value.Put();
  result.hresult = Guarded([&] {
    Use use = Now();
    if (!blanket.IsEmpty()) {
      use.blanket = use.blanket.With(blanket);
      use.object = WithBlanket(use.object.Get(), use.blanket);
    }
    const WornToken worn(use.blanket.AsWhenCalling());
    return use.object->Call(method.Get(), arguments.Get(), nullptr, value, &error);
  });
  result.handler_error = error.code;
  *result.source.Put() = error.source;
  *result.description.Put() = error.description;
  if (FAILED(result.hresult)) {
    // Outs may carry nothing beside a failure.
    result.handler_error = S_OK;
  }
  return result;
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

}  // namespace async_com
