#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>

#include "com/ref_count.h"
#include "idl/generated/method_call.h"

namespace async_com {

class ObjectCalls;
class Server;

// What a client activates. Asynchronous calls go to a ServerCall, which COM makes through
// ICallFactory where it maps the interface to its asynchronous form; a synchronous call that
// reaches the object takes the bridge: the same call object, under a controlling unknown of ours.
class ServerObject final : public IMethodCall, public ICallFactory, public ICallCancellation {
 public:
  explicit ServerObject(std::shared_ptr<Server> server);
  ServerObject(const ServerObject&) = delete;
  ServerObject& operator=(const ServerObject&) = delete;

  // False when the last reference has gone already.
  bool AddRefUnlessGone() noexcept { return references_.IncrementUnlessZero(); }
  IUnknown* Identity() noexcept { return static_cast<IMethodCall*>(this); }
  ObjectCalls& Calls() noexcept { return *calls_; }

  // IUnknown
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;

  // IMethodCall
  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                 VARIANT* result, CallError* error) noexcept override;

  // ICallFactory
  HRESULT STDMETHODCALLTYPE CreateCall(REFIID async_iid, IUnknown* controlling, REFIID iid,
                                       IUnknown** object) noexcept override;

  // ICallCancellation
  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID cancel_id) noexcept override;

 private:
  ~ServerObject();

  const std::shared_ptr<Server> server_;
  const std::shared_ptr<ObjectCalls> calls_;
  RefCount references_;
};

}  // namespace async_com
