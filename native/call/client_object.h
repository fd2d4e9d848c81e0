#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "call/call_result.h"
#include "com/lock.h"
#include "com/ref_count.h"
#include "idl/generated/method_call.h"
#include "security/client_security.h"
#include "value/variant.h"

namespace async_com {

// A server object as its client has it. All but the destructor on a thread of the multithreaded
// apartment that may block: activation and calls wait for the other process.
class ClientObject {
 public:
  // `name` is a CLSID in braces or a ProgID; an empty `host` is this computer. Throws
  // WindowsFailure.
  static std::shared_ptr<ClientObject> Activate(const std::wstring& name, const std::wstring& host,
                                                const Blanket& blanket);

  explicit ClientObject(ComPtr<IMethodCall> object);
  ClientObject(const ClientObject&) = delete;
  ClientObject& operator=(const ClientObject&) = delete;
  // Any thread: a proxy is released on a thread of its apartment, and never while impersonating.
  ~ClientObject();

  // Whether COM offers asynchronous calls on the proxy. Where it does, it also makes the server
  // call object itself, and a call over the bridge is a fault.
  bool HasCallFactory() const noexcept { return has_call_factory_; }

  // The call's own failure is in the result's `hresult`. `blanket` is this call's alone.
  CallResult Call(const Bstr& method, const SafeArray& arguments, const Blanket& blanket) noexcept;

  // The blanket of the calls from here on. Each connection has its own. Throws WindowsFailure.
  void SetBlanket(const Blanket& blanket);
  ProxyBlanket QueryBlanket();
  CallObjectBlankets TryBlanketOnCallObject(const Blanket& blanket);

 private:
  struct Use {
    ComPtr<IMethodCall> object;
    Blanket blanket;
  };

  Use Now();

  Lock mutex_;
  ComPtr<IMethodCall> object_;
  Blanket blanket_;  // what was set on it
  bool has_call_factory_;
};

}  // namespace async_com
