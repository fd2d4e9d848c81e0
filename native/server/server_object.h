#pragma once

#include <windows.h>

#include <oaidl.h>
#include <objidl.h>
#include <ocidl.h>

#include <memory>

#include "com/lock.h"
#include "com/object.h"
#include "com/seam.h"
#include "idl/generated/method_call.h"
#include "server/server_call.h"

namespace async_com {

class Server;
class Enumerator;
class ServerCallObject;

// The object that a client activates. If COM maps the interface to its asynchronous form, it makes
// a ServerCallObject through ICallFactory for asynchronous calls. A synchronous call that reaches
// this object goes over the bridge. Clients own it; its Server knows it weakly. Any thread may call
// it.
class ServerObject : public ComObject<IMethodCall, ICallFactory, ICallCancellation, IDispatch,
                                      ISupportErrorInfo, IProvideClassInfo2> {
 public:
  // An object of the server's own class.
  explicit ServerObject(std::shared_ptr<Server> server);
  ServerObject(std::shared_ptr<Server> server, std::shared_ptr<const ObjectClass> object_class);

  // Returns the object behind an interface pointer of this process, or null if it is another
  // object. The pointer must not be a proxy.
  static ComPtr<ServerObject> From(IUnknown* object);

  // Returns false if the last reference has already been released.
  using ComObject::AddRefUnlessGone;
  IUnknown* Identity() noexcept { return static_cast<IMethodCall*>(this); }
  ObjectId Id() const noexcept { return target_.object; }
  const ObjectClass& Class() const noexcept { return *target_.object_class; }
  const ServerCall::Target& Target() const noexcept { return target_; }
  const std::shared_ptr<Server>& GetServer() const noexcept { return server_; }

  // The enumerator is what clients have of the object behind it. It calls this with null at its
  // end.
  void SetEnumerator(Enumerator* enumerator) noexcept;
  // Takes from the clients in other processes what they have of this object.
  void Disconnect() noexcept;

  // IMethodCall
  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                 VARIANT* result, CallError* error) noexcept override;

  // ICallFactory. Only COM in this process and other callers in it get a call object; a client in
  // another process gets E_NOINTERFACE.
  HRESULT STDMETHODCALLTYPE CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                       IUnknown** object) noexcept override;

  // ICallCancellation
  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID cancel_id) noexcept override;

  // ISupportErrorInfo
  HRESULT STDMETHODCALLTYPE InterfaceSupportsErrorInfo(REFIID iid) noexcept override;

  // IProvideClassInfo2. The objects have no events.
  HRESULT STDMETHODCALLTYPE GetClassInfo(ITypeInfo** info) noexcept override;
  HRESULT STDMETHODCALLTYPE GetGUID(DWORD kind, GUID* guid) noexcept override;

  // IDispatch: dispatch.h.
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) noexcept override;
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID locale,
                                        ITypeInfo** info) noexcept override;
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID reserved, LPOLESTR* names, UINT count, LCID locale,
                                          DISPID* ids) noexcept override;
  HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID reserved, LCID locale, WORD flags,
                                   DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                                   UINT* wrong_argument) noexcept override;

 protected:
  ~ServerObject() override;

  // The class's own interface is IDispatch with another IID.
  void* Find(REFIID iid) noexcept override;

  // Makes a server call object under a controlling unknown. The caller owns the first reference to
  // its non-delegating IUnknown.
  virtual ServerCallObject* NewCallObject(IUnknown* controlling);

 private:
  const std::shared_ptr<Server> server_;
  const ServerCall::Target target_;
  Lock mutex_;
  Enumerator* enumerator_ = nullptr;  // weak
};

// Makes an object of a server's class. Throws ComFailure if the process takes no more objects.
extern Seam<ComPtr<ServerObject>(std::shared_ptr<Server>)> make_server_object;

}  // namespace async_com
