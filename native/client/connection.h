#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "client/call_group.h"
#include "client/peer.h"
#include "client/system_call.h"
#include "com/com_ptr.h"
#include "com/lock.h"
#include "idl/generated/method_call.h"
#include "security/proxy_blanket.h"

namespace async_com {

// A client's connection to a server object. Activate, the constructor, CreateSystemCall,
// TellCancelled, SetBlanket, QueryBlanket and UseWith must be called on a thread of the
// multithreaded apartment that may block, because they may wait for the other process. Any thread
// may call the other functions.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Activates a server object. `name` is a CLSID in braces or a ProgID. An empty `host` is this
  // computer. Throws WindowsFailure.
  static std::shared_ptr<Connection> Activate(const std::wstring& name, const std::wstring& host,
                                              const BlanketOptions& blanket,
                                              std::shared_ptr<Peer> peer,
                                              std::shared_ptr<CallGroup> calls);

  // `calls` are the calls of the environment that the connection belongs to.
  explicit Connection(ComPtr<IMethodCall> object,
                      std::shared_ptr<Peer> peer = std::make_shared<Peer>(),
                      std::shared_ptr<CallGroup> calls = std::make_shared<CallGroup>());
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  // The proxy is released on another thread, because a proxy must be released on a thread of its
  // apartment, and never while impersonating.
  ~Connection();

  // Returns whether COM makes asynchronous call objects for the proxy: a call object has been seen
  // that has all their interfaces. If COM makes them, it also makes the server call object itself,
  // and a call over the bridge is an error.
  bool HasCallFactory() const noexcept { return factory_ != nullptr; }

  // Returns a connection to another proxy of the same object, for the same environment.
  std::shared_ptr<Connection> WithProxy(ComPtr<IMethodCall> proxy) const {
    return std::make_shared<Connection>(std::move(proxy), peer_, calls_);
  }

  // What work for the server object goes through, because it may wait for its process.
  Peer& GetPeer() const noexcept { return *peer_; }
  const std::shared_ptr<Peer>& SharedPeer() const noexcept { return peer_; }
  CallGroup& Calls() const noexcept { return *calls_; }
  const std::shared_ptr<CallGroup>& SharedCalls() const noexcept { return calls_; }

  // Returns whether the object belongs to another apartment, so that calls go through COM.
  bool IsProxy() const noexcept { return is_proxy_; }

  // Makes COM's own call object, with the connection's blanket. Returns E_NOINTERFACE if COM has
  // none for this server, or none that can have a blanket. Then use the synchronous form. Throws
  // ComFailure if COM refuses the blanket.
  HRESULT CreateSystemCall(std::shared_ptr<SystemCall>& call);

  // Makes an id for a call, by which TellCancelled finds the call. Returns false if the server
  // takes no cancellations.
  bool NewCancelId(GUID& id) noexcept;
  // Tells the server that nobody waits for that call any more. Waits until the server has been
  // told.
  void TellCancelled(const GUID& id) noexcept;

  // Sets the blanket of the calls that start from now on. Each connection has its own blanket.
  // Throws WindowsFailure.
  void SetBlanket(const BlanketOptions& blanket);
  Blanket QueryBlanket();

  // The object that a call goes through, and its blanket. NextUse returns them for a call that
  // begins now.
  struct Use {
    ComPtr<IMethodCall> object;
    BlanketOptions blanket;
  };
  Use NextUse();
  // Returns the same for a call with a blanket of its own. Throws WindowsFailure.
  Use UseWith(const BlanketOptions& blanket);

 private:
  const std::shared_ptr<Peer> peer_;
  const std::shared_ptr<CallGroup> calls_;
  Lock mutex_;
  ComPtr<IMethodCall> object_;
  bool is_proxy_ = false;
  ComPtr<ICallFactory> factory_;
  ComPtr<ICallCancellation> cancellation_;
  BlanketOptions blanket_;  // the options that were set
  // All cancel ids are made from this random one, so nobody else can guess them.
  GUID id_{};
  std::atomic<std::uint32_t> ids_{0};
};

}  // namespace async_com
