#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>

#include "com/object.h"
#include "com/seam.h"
#include "idl/generated/method_call.h"
#include "server/ledger.h"

namespace async_com {

class Server;

// What a client activates. Asynchronous calls go to a ServerCallObject, which COM makes through
// ICallFactory where it maps the interface to its asynchronous form; a synchronous call that
// reaches the object takes the bridge.
class ServerObject : public ComObject<IMethodCall, ICallFactory, ICallCancellation> {
 public:
  explicit ServerObject(std::shared_ptr<Server> server);

  // False when the last reference has gone already.
  using ComObject::AddRefUnlessGone;
  IUnknown* Identity() noexcept { return static_cast<IMethodCall*>(this); }
  ObjectId Id() const noexcept { return id_; }
  const std::shared_ptr<Server>& GetServer() const noexcept { return server_; }

  // IMethodCall
  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                 VARIANT* result, CallError* error) noexcept override;

  // ICallFactory
  HRESULT STDMETHODCALLTYPE CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                       IUnknown** object) noexcept override;

  // ICallCancellation
  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID cancel_id) noexcept override;

 protected:
  ~ServerObject() override;

  // A call object under a controlling unknown: its non-delegating IUnknown.
  virtual ComPtr<IUnknown> MakeCallObject(IUnknown* controlling);

 private:
  const std::shared_ptr<Server> server_;
  const ObjectId id_;
};

// Makes an object of a server's class. Throws ComFailure where the process takes no more.
extern Seam<ComPtr<ServerObject>(std::shared_ptr<Server>)> make_server_object;

}  // namespace async_com
