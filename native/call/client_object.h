#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "com/ref_count.h"
#include "idl/generated/method_call.h"

namespace async_com {

// A server object as its client has it. All but the destructor on a thread of the multithreaded
// apartment that may block: activation and calls wait for the other process.
class ClientObject : public std::enable_shared_from_this<ClientObject> {
 public:
  // `name` is a CLSID in braces or a ProgID. Throws ComFailure.
  static std::shared_ptr<ClientObject> Activate(const std::wstring& name);

  explicit ClientObject(ComPtr<IMethodCall> object);
  ClientObject(const ClientObject&) = delete;
  ClientObject& operator=(const ClientObject&) = delete;
  // Any thread: a proxy is released on a thread of its apartment, and never while impersonating.
  ~ClientObject();

  IMethodCall* Get() const noexcept { return object_.Get(); }

  // Whether COM offers asynchronous calls on the proxy. Where it does, it also makes the server
  // call object itself, and a call over the bridge is a fault.
  bool HasCallFactory() const noexcept { return factory_ != nullptr; }

  // A call object: the system's where COM has one, else a ClientCall.
  HRESULT CreateCall(ComPtr<IUnknown>& call);

  // An id for a call by which TellCancelled finds it. False where the server takes no
  // cancellations.
  bool NewCancelId(GUID& id) noexcept;
  // Tells the server that nobody waits for that call any more; waits for the server to have heard.
  void TellCancelled(const GUID& id) noexcept;

 private:
  ComPtr<IMethodCall> object_;
  ComPtr<ICallFactory> factory_;
  ComPtr<ICallCancellation> cancellation_;
  // Nobody else can guess the ids: all of them are made from one that is random.
  GUID id_{};
  std::atomic<std::uint32_t> ids_{0};
};

}  // namespace async_com
