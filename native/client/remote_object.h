#pragma once

#include <windows.h>

#include <oaidl.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "client/call_group.h"
#include "client/peer.h"
#include "com/com_ptr.h"
#include "com/lock.h"
#include "security/proxy_blanket.h"
#include "value/call_result.h"

namespace async_com {

// An object that this process calls by IDispatch. Create, Invoke, Next and SetBlanket must be
// called on a thread of the multithreaded apartment that may block, because they may wait for the
// other process. Any thread may call the other functions.
class RemoteObject {
 public:
  // Makes an object of a class. `name` is a CLSID in braces or a ProgID. An empty `host` is this
  // computer. Throws WindowsFailure.
  static std::shared_ptr<RemoteObject> Create(const std::wstring& name, const std::wstring& host,
                                              const BlanketOptions& blanket,
                                              std::shared_ptr<Peer> peer,
                                              std::shared_ptr<CallGroup> calls);

  // `dispatch` is the object's IDispatch, if it is known.
  RemoteObject(ComPtr<IUnknown> object, ComPtr<IDispatch> dispatch, std::shared_ptr<Peer> peer,
               std::shared_ptr<CallGroup> calls);
  RemoteObject(const RemoteObject&) = delete;
  RemoteObject& operator=(const RemoteObject&) = delete;
  // The object is released on another thread: see Connection.
  ~RemoteObject();

  const ComPtr<IUnknown>& Object() const noexcept { return object_; }
  // Null if nobody has asked the object for it yet.
  ComPtr<IDispatch> KnownDispatch();
  const std::shared_ptr<Peer>& GetPeer() const noexcept { return peer_; }
  const std::shared_ptr<CallGroup>& Calls() const noexcept { return calls_; }
  // Returns whether the object belongs to another apartment, so that calls go through COM.
  bool IsProxy() const noexcept { return is_proxy_; }

  // Uses a member. `flags` are those of IDispatch::Invoke. An empty name is the default member.
  // With DISPATCH_PROPERTYPUT the last argument is the value.
  CallResult Invoke(const std::wstring& name, WORD flags, SAFEARRAY* arguments,
                    const BlanketOptions& blanket);
  // For an enumerator: returns an array of at most `count` elements. It has fewer at the end.
  CallResult Next(ULONG count);

  // As for a Connection.
  void SetBlanket(const BlanketOptions& blanket);
  Blanket QueryBlanket();

 private:
  struct Use {
    ComPtr<IDispatch> dispatch;
    BlanketOptions blanket;
  };
  Use UseWith(const BlanketOptions& blanket);
  HRESULT FindMember(IDispatch& dispatch, const std::wstring& name, DISPID& id);

  ComPtr<IUnknown> object_;  // never changes
  const std::shared_ptr<Peer> peer_;
  const std::shared_ptr<CallGroup> calls_;
  bool is_proxy_ = false;
  Lock mutex_;
  ComPtr<IDispatch> dispatch_;  // set by the first use at the latest
  BlanketOptions blanket_;
  std::map<std::wstring, DISPID, std::less<>> ids_;
};

}  // namespace async_com
