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

// The client's call object where COM has none: AsyncIMethodCall, ISynchronize, ICancelMethodCalls
// and, where the proxy has one to forward to, IClientSecurity. Begin_Call makes the synchronous
// call on a client thread. It answers as the documentation says that the system's does:
// https://learn.microsoft.com/windows/win32/com/making-an-asynchronous-call
class ClientCallObject
    : public AggregatedObject<AsyncIMethodCall, ISynchronize, ICancelMethodCalls, IClientSecurity> {
 public:
  ClientCallObject(std::shared_ptr<Connection> connection, IUnknown* controlling)
      : AggregatedObject(controlling), connection_(std::move(connection)) {}

  // AsyncIMethodCall. Finish_Call waits where the call is still in progress.
  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override;
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override;

  // ISynchronize. Only the call itself signals.
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

  // ICancelMethodCalls
  HRESULT STDMETHODCALLTYPE Cancel(ULONG seconds) noexcept override;
  HRESULT STDMETHODCALLTYPE TestCancel() noexcept override;

  // IClientSecurity, of the calls that this object makes. The proxy asked about is always the
  // object's own.
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
  std::shared_ptr<Progress> current_;  // from Begin_Call to Finish_Call
};

// Makes the call object: its non-delegating IUnknown. Without `controlling` the object is its own.
extern Seam<ComPtr<IUnknown>(std::shared_ptr<Connection> connection, IUnknown* controlling)>
    make_client_call_object;

}  // namespace async_com
