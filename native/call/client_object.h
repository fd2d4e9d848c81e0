#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "com/lock.h"
#include "com/ref_count.h"
#include "idl/generated/method_call.h"
#include "security/client_security.h"

namespace async_com {

// A server object as its client has it. All but the destructor on a thread of the multithreaded
// apartment that may block: activation and calls wait for the other process.
class ClientObject : public std::enable_shared_from_this<ClientObject> {
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

  // Whether COM makes asynchronous call objects for the proxy. Where it does, it also makes the
  // server call object itself, and a call over the bridge is a fault.
  bool HasCallFactory() const noexcept { return factory_ != nullptr; }

  // A call object with the connection's blanket: the system's where COM has one, else a ClientCall.
  HRESULT CreateCall(ComPtr<IUnknown>& call);

  // An id for a call by which TellCancelled finds it. False where the server takes no
  // cancellations.
  bool NewCancelId(GUID& id) noexcept;
  // Tells the server that nobody waits for that call any more; waits for the server to have heard.
  void TellCancelled(const GUID& id) noexcept;

  // The blanket of the calls from here on. Each connection has its own. Throws WindowsFailure.
  void SetBlanket(const Blanket& blanket);
  ProxyBlanket QueryBlanket();
  CallObjectBlankets TryBlanketOnCallObject(const Blanket& blanket);

  // What a call that begins now goes through, and as whom.
  struct Use {
    ComPtr<IMethodCall> object;
    Blanket blanket;
  };
  Use Now();
  // The same, with a blanket of the call's own. Throws WindowsFailure.
  Use NowWith(const Blanket& blanket);

 private:
  Lock mutex_;
  ComPtr<IMethodCall> object_;
  ComPtr<ICallFactory> factory_;
  ComPtr<ICallCancellation> cancellation_;
  Blanket blanket_;  // what was set on it
  // Nobody else can guess the ids: all of them are made from one that is random.
  GUID id_{};
  std::atomic<std::uint32_t> ids_{0};
};

}  // namespace async_com
