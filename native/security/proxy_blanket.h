#pragma once

#include <windows.h>

#include <memory>
#include <optional>
#include <string>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "security/blanket.h"
#include "security/token.h"

namespace async_com {

// The blanket that a client wants for its calls. An empty option does not change the blanket.
struct BlanketOptions {
  std::optional<DWORD> authn_level;          // RPC_C_AUTHN_LEVEL_*
  std::optional<DWORD> impersonation_level;  // RPC_C_IMP_LEVEL_*
  std::optional<DWORD> cloaking;  // EOAC_NONE, EOAC_STATIC_CLOAKING or EOAC_DYNAMIC_CLOAKING
  std::optional<std::wstring> server_principal;
  // The token that the thread has: with static cloaking while the blanket is set, otherwise during
  // each call.
  std::shared_ptr<Token> as;

  std::shared_ptr<Token> AsWhenSet() const { return IsStatic() ? as : nullptr; }
  std::shared_ptr<Token> AsWhenCalling() const { return IsStatic() ? nullptr : as; }
  bool IsEmpty() const noexcept {
    return !authn_level && !impersonation_level && !cloaking && !server_principal;
  }
  // Returns these options with the options that `over` has in their place.
  BlanketOptions With(const BlanketOptions& over) const;

 private:
  bool IsStatic() const noexcept { return cloaking == static_cast<DWORD>(EOAC_STATIC_CLOAKING); }
};

// These functions use the IClientSecurity of the proxy, or of an asynchronous call object that is
// given in place of a proxy. Call them on a thread of the proxy's apartment. They throw ComFailure,
// with E_NOINTERFACE if the object is not a proxy.
// https://learn.microsoft.com/windows/win32/api/objidl/nn-objidl-iclientsecurity
Blanket QueryProxyBlanket(IUnknown* proxy);
void SetProxyBlanket(IUnknown* proxy, const BlanketOptions& blanket);
// Sets the blanket of an asynchronous call object for AsyncIMethodCall. COM keeps one blanket for
// each interface.
void SetCallBlanket(IUnknown* call_object, const BlanketOptions& blanket);

// For CopyOfProxy.
ComPtr<IUnknown> CopyProxyPointer(IUnknown* proxy);
// Returns a copy of the proxy, which can have a blanket of its own. The blanket of the given proxy
// does not change. (QueryInterface on the copy returns the original again, so keep this pointer.)
template <typename Interface>
ComPtr<Interface> CopyOfProxy(Interface* proxy) {
  // The copy has the interface that was copied. QueryInterface on it would return the original.
  return Adopt(static_cast<Interface*>(CopyProxyPointer(proxy).Detach()));
}
// Returns a copy of the proxy with the given blanket.
template <typename Interface>
ComPtr<Interface> WithBlanket(Interface* proxy, const BlanketOptions& blanket) {
  ComPtr<Interface> own = CopyOfProxy(proxy);
  SetProxyBlanket(own.Get(), blanket);
  return own;
}

}  // namespace async_com
