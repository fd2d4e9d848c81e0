#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "idl/generated/method_call.h"
#include "security/proxy_blanket.h"

namespace async_com {

// A server object as its client has it. All but the destructor on a thread of the multithreaded
// apartment that may block: activation and calls wait for the other process.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `name` is a CLSID in braces or a ProgID; an empty `host` is this computer. Throws
  // WindowsFailure.
  static std::shared_ptr<Connection> Activate(const std::wstring& name, const std::wstring& host,
                                              const BlanketOptions& blanket);

  explicit Connection(ComPtr<IMethodCall> object);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  // Any thread: a proxy is released on a thread of its apartment, and never while impersonating.
  ~Connection();

  // Whether COM makes asynchronous call objects for the proxy. Where it does, it also makes the
  // server call object itself, and a call over the bridge is a fault.
  bool HasCallFactory() const noexcept { return factory_ != nullptr; }

  // Whether the object is of another apartment, so that calls go through COM.
  bool IsProxy() const noexcept { return is_proxy_; }

  // A call object with the connection's blanket: the system's where COM has one, else one of ours
  // (make_client_call_object).
  HRESULT CreateCall(ComPtr<IUnknown>& call);

  // An id for a call by which TellCancelled finds it. False where the server takes no
  // cancellations.
  bool NewCancelId(GUID& id) noexcept;
  // Tells the server that nobody waits for that call any more; waits for the server to have heard.
  void TellCancelled(const GUID& id) noexcept;

  // The blanket of the calls from here on. Each connection has its own. Throws WindowsFailure.
  void SetBlanket(const BlanketOptions& blanket);
  Blanket QueryBlanket();

  // What a call that begins now goes through, and as whom.
  struct Use {
    ComPtr<IMethodCall> object;
    BlanketOptions blanket;
  };
  Use NextUse();
  // The same, with a blanket of the call's own. Throws WindowsFailure.
  Use UseWith(const BlanketOptions& blanket);

 private:
  Lock mutex_;
  ComPtr<IMethodCall> object_;
  bool is_proxy_ = false;
  ComPtr<ICallFactory> factory_;
  ComPtr<ICallCancellation> cancellation_;
  BlanketOptions blanket_;  // what was set on it
  // Nobody else can guess the ids: all of them are made from one that is random.
  GUID id_{};
  std::atomic<std::uint32_t> ids_{0};
};

}  // namespace async_com
