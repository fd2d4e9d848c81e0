#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>
#include <string_view>

#include "com/com_ptr.h"
#include "com/handle.h"
#include "com/lock.h"
#include "com/object.h"
#include "idl/generated/method_call.h"
#include "testing/double_client_blanket.h"
#include "testing/double_client_state.h"
#include "value/call_result.h"

namespace async_com {

// Fills in what a method of the double's server answers. `name` is its name; `described` is its
// blanket in words.
CallResult DoubleAnswer(std::wstring_view name, SAFEARRAY* arguments,
                        const std::wstring& described);

// The double's call object. It does what Windows documents of the system's (MAC, CAC and "COM
// asynchronous interfaces", parts 1 to 9, in The Old New Thing). Begin_ calls Reset, completion
// calls Signal and Finish_ calls Wait, on the ISynchronize of the controlling unknown. A failure of
// Reset or Signal fails the call. A cancelled call is complete.
//
// A call in progress keeps this object, and not its controlling unknown, in memory. Nothing is
// documented about that.
class DoubleClientCallObject final
    : public AggregatedObject<AsyncIMethodCall, ISynchronize, ICancelMethodCalls, IClientSecurity,
                              ISynchronizeHandle> {
 public:
  DoubleClientCallObject(std::shared_ptr<DoubleClientState> state, const DoubleBlanket& blanket,
                         IUnknown* controlling);
  ~DoubleClientCallObject() override;

  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override;
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override;

  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

  HRESULT STDMETHODCALLTYPE Cancel(ULONG seconds) noexcept override;
  HRESULT STDMETHODCALLTYPE TestCancel() noexcept override;

  HRESULT STDMETHODCALLTYPE QueryBlanket(IUnknown* proxy, DWORD* authn_service,
                                         DWORD* authz_service, OLECHAR** server_principal,
                                         DWORD* authn_level, DWORD* imp_level, void** auth_info,
                                         DWORD* capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown* proxy, DWORD authn_service, DWORD authz_service,
                                       OLECHAR* server_principal, DWORD authn_level,
                                       DWORD imp_level, void* auth_info,
                                       DWORD capabilities) noexcept override;
  HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown* proxy, IUnknown** copy) noexcept override;

  HRESULT STDMETHODCALLTYPE GetHandle(HANDLE* handle) noexcept override;

 protected:
  void* Find(REFIID iid) noexcept override;

 private:
  bool IsAggregated() noexcept { return Controlling() != NonDelegating(); }
  void Complete(unsigned number, CallResult result, bool twice) noexcept;
  HRESULT SignalControlling() noexcept;
  HRESULT BeginNumber(unsigned number, std::wstring_view method, CallResult answer);

  const std::shared_ptr<DoubleClientState> state_;
  DoubleBlanket blanket_;
  const UniqueHandle event_;
  Lock mutex_;
  unsigned number_ = 0;     // of the call in progress, or of the last one
  bool pending_ = false;    // from Begin_ to Finish_
  bool beginning_ = false;  // while Begin_ runs
  bool complete_ = false;
  bool cancelled_ = false;
  CallResult result_;  // once the call is complete
};

}  // namespace async_com
