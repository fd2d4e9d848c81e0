#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "call/call_result.h"
#include "com/ref_count.h"
#include "idl/generated/method_call.h"
#include "value/variant.h"

namespace async_com {

// A server object as its client has it. All but the destructor on a thread of the multithreaded
// apartment that may block: activation and calls wait for the other process.
class ClientObject {
 public:
  // `name` is a CLSID in braces or a ProgID. Throws ComFailure.
  static std::shared_ptr<ClientObject> Activate(const std::wstring& name);

  explicit ClientObject(ComPtr<IMethodCall> object);
  ClientObject(const ClientObject&) = delete;
  ClientObject& operator=(const ClientObject&) = delete;
  // Any thread: a proxy is released on a thread of its apartment, and never while impersonating.
  ~ClientObject();

  // Whether COM offers asynchronous calls on the proxy. Where it does, it also makes the server
  // call object itself, and a call over the bridge is a fault.
  bool HasCallFactory() const noexcept { return has_call_factory_; }

  // The call's own failure is in the result's `hresult`.
  CallResult Call(const Bstr& method, const SafeArray& arguments) noexcept;

 private:
  ComPtr<IMethodCall> object_;
  bool has_call_factory_;
};

}  // namespace async_com
