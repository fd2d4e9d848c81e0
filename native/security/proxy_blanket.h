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

// How a client wants its calls to be made. What is empty stays as it is.
struct BlanketOptions {
  std::optional<DWORD> authn_level;          // RPC_C_AUTHN_LEVEL_*
  std::optional<DWORD> impersonation_level;  // RPC_C_IMP_LEVEL_*
  std::optional<DWORD> cloaking;  // EOAC_NONE, EOAC_STATIC_CLOAKING or EOAC_DYNAMIC_CLOAKING
  std::optional<std::wstring> server_principal;
  // Whom the thread acts as: with static cloaking while the blanket is set, else during each call.
  std::shared_ptr<Token> as;

  std::shared_ptr<Token> AsWhenSet() const { return IsStatic() ? as : nullptr; }
  std::shared_ptr<Token> AsWhenCalling() const { return IsStatic() ? nullptr : as; }
  bool IsEmpty() const noexcept {
    return !authn_level && !impersonation_level && !cloaking && !server_principal;
  }
  // This one, with what `over` says in its place.
  BlanketOptions With(const BlanketOptions& over) const;

 private:
  bool IsStatic() const noexcept { return cloaking == static_cast<DWORD>(EOAC_STATIC_CLOAKING); }
};

// All of it through the IClientSecurity of the proxy, or of the asynchronous call object that is
// given in its place; on a thread of its apartment. Throws ComFailure: E_NOINTERFACE for what is no
// proxy.
// https://learn.microsoft.com/windows/win32/api/objidl/nn-objidl-iclientsecurity
Blanket QueryProxyBlanket(IUnknown* proxy);
void SetProxyBlanket(IUnknown* proxy, const BlanketOptions& blanket);
// The blanket of an asynchronous call object's calls: COM keeps one for each interface.
void SetCallBlanket(IUnknown* call_object, const BlanketOptions& blanket);

// The same proxy, to be given a blanket of its own: the one given keeps its own. (What
// QueryInterface gives is the original again, so keep this pointer.)
ComPtr<IMethodCall> CopyOfProxy(IMethodCall* proxy);
// Such a copy, with that blanket.
ComPtr<IMethodCall> WithBlanket(IMethodCall* proxy, const BlanketOptions& blanket);

}  // namespace async_com
