#pragma once

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include <optional>
#include <string>

#include "com/seam.h"

namespace async_com {

// What CoInitializeSecurity is told. As it stands: this product's defaults, which are the safe
// ones. Calls are encrypted and authenticated; servers we call may identify us, not impersonate;
// values that arrive may not bring marshalers of their own.
struct ProcessSecurity {
  DWORD authn_level = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
  DWORD impersonation_level = RPC_C_IMP_LEVEL_IDENTIFY;
  DWORD capabilities = EOAC_NO_CUSTOM_MARSHAL;
  // Who may call, in SDDL. Empty: anybody, and nobody is asked who they are.
  std::optional<std::wstring> access_permissions;

  // Only this account, SYSTEM and administrators may call, from this machine. Throws Win32Error.
  static ProcessSecurity Default();
};

// Who gave the process its security.
enum class SecuritySetBy {
  kNobody,   // not yet
  kDefault,  // async-com by itself, on first use
  kCaller,   // JavaScript, through async-com
  kHost,     // somebody else in the process; with what, COM does not tell
};

struct ProcessSecurityState {
  SecuritySetBy set_by = SecuritySetBy::kNobody;
  ProcessSecurity security;  // of kDefault and kCaller
};

// Sets COM's security for this process. On a thread of an apartment that stays: with the last one
// COM forgets it. Throws Win32Error for access permissions that are none, and ComFailure:
// RPC_E_TOO_LATE where the process has its security already.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coinitializesecurity
void InitializeProcessSecurity(const ProcessSecurity& security);

// The same with the defaults, unless the process has its security already: then that stands.
void EnsureProcessSecurity();

// CoInitializeSecurity itself. Throws Win32Error for access permissions that are none.
extern Seam<HRESULT(const ProcessSecurity&)> initialize_security;

ProcessSecurityState GetProcessSecurityState();

}  // namespace async_com
