#include "call/client_object.h"

#include <objbase.h>

#include <tuple>
#include <utility>

#include "call/client_call.h"
#include "call/thread_pool.h"
#include "com/runtime.h"
#include "com/win32_error.h"

namespace async_com {

std::shared_ptr<ClientObject> ClientObject::Activate(const std::wstring& name) {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  CLSID clsid{};
  // Takes both forms.
  ThrowIfFailed(CLSIDFromString(name.c_str(), &clsid), "CLSIDFromString");
  ComPtr<IMethodCall> object;
  ThrowIfFailed(CoCreateInstance(clsid, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)),
                "CoCreateInstance");
  return std::make_shared<ClientObject>(std::move(object));
}

ClientObject::ClientObject(ComPtr<IMethodCall> object) : object_(std::move(object)) {
  // Neither is needed: any server of IMethodCall will do.
  std::ignore = object_.As(&factory_);
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
  if (factory_ != nullptr) {
    return factory_->CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, &call);
  }
  call = ClientCall::Create(shared_from_this(), nullptr);
  return S_OK;
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

}  // namespace async_com
