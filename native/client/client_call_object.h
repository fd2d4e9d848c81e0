#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>
#include <utility>

#include "client/connection.h"
#include "com/lock.h"
#include "com/object.h"
#include "com/seam.h"
#include "idl/generated/method_call.h"

namespace async_com {

// The client call object for connections for which COM has none. It has AsyncIMethodCall,
// ISynchronize, ICancelMethodCalls and, if the proxy has one to forward to, IClientSecurity.
// Begin_Call makes the synchronous call on a client thread. The object behaves as the documentation
// says that COM's does:
// https://learn.microsoft.com/windows/win32/com/making-an-asynchronous-call
class ClientCallObject
    : public AggregatedObject<AsyncIMethodCall, ISynchronize, ICancelMethodCalls, IClientSecurity> {
 public:
  ClientCallObject(std::shared_ptr<Connection> connection, IUnknown* controlling)
      : AggregatedObject(controlling), connection_(std::move(connection)) {}

  // AsyncIMethodCall. Finish_Call waits if the call is still in progress.
  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override;
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override;

  // ISynchronize. Signal and Reset return E_NOTIMPL, because only the call itself signals.
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

  // ICancelMethodCalls
  HRESULT STDMETHODCALLTYPE Cancel(ULONG seconds) noexcept override;
  HRESULT STDMETHODCALLTYPE TestCancel() noexcept override;

  // IClientSecurity, for the calls that this object makes. The functions ignore `proxy`: it is
  // always the object's own proxy. CopyProxy returns E_NOTIMPL.
  HRESULT STDMETHODCALLTYPE QueryBlanket(IUnknown* proxy, DWORD* authn_service,
                                         DWORD* authz_service, OLECHAR** server_principal,
                                         DWORD* authn_level, DWORD* imp_level, void** auth_info,
                                         DWORD* capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown* proxy, DWORD authn_service, DWORD authz_service,
                                       OLECHAR* server_principal, DWORD authn_level,
                                       DWORD imp_level, void* auth_info,
                                       DWORD capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown* proxy, IUnknown** copy) noexcept override;

 protected:
  void* Find(REFIID iid) noexcept override;

 private:
  struct Progress;

  std::shared_ptr<Progress> Current() noexcept;
  std::shared_ptr<Connection> GetConnection() noexcept;

  Lock mutex_;
  std::shared_ptr<Connection> connection_;
  std::shared_ptr<Progress> current_;  // set from Begin_Call to Finish_Call
};

// Makes a client call object and returns its non-delegating IUnknown. Without `controlling` the
// object is its own controlling unknown.
extern Seam<ComPtr<IUnknown>(std::shared_ptr<Connection> connection, IUnknown* controlling)>
    make_client_call_object;

}  // namespace async_com
