#include "call/client_object.h"

#include <objbase.h>
#include <objidl.h>

#include <utility>

#include "call/thread_pool.h"
#include "com/runtime.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

constexpr int kMostTries = 4;

// A server that COM has started may be ending as a client comes. It says so with
// CO_E_SERVER_STOPPING; on Wine, where nobody keeps the two apart, COM may say E_FAIL. No handler
// has run: trying again, with a new process, can do no harm.
bool WasEnding(HRESULT result) noexcept {
  return result == CO_E_SERVER_STOPPING || result == E_FAIL;
}

}  // namespace

std::shared_ptr<ClientObject> ClientObject::Activate(const std::wstring& name) {
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  CLSID clsid{};
  // Takes both forms.
  ThrowIfFailed(CLSIDFromString(name.c_str(), &clsid), "CLSIDFromString");
  ComPtr<IMethodCall> object;
  HRESULT created = E_FAIL;
  for (int tries = 0; tries < kMostTries && WasEnding(created); ++tries) {
    created = CoCreateInstance(clsid, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object));
  }
  ThrowIfFailed(created, "CoCreateInstance");
  return std::make_shared<ClientObject>(std::move(object));
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

CallResult ClientObject::Call(const Bstr& method, const SafeArray& arguments) noexcept {
  CallResult result;
  CallError error{};
  VARIANT* const value = result.value.Put();
  result.hresult = object_->Call(method.Get(), arguments.Get(), nullptr, value, &error);
  result.handler_error = error.code;
  *result.source.Put() = error.source;
  *result.description.Put() = error.description;
  if (FAILED(result.hresult)) {
    // Outs may carry nothing beside a failure.
    result.handler_error = S_OK;
  }
  return result;
}

}  // namespace async_com
