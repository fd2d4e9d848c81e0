#pragma once

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include <optional>
#include <string>

#include "com/seam.h"

namespace async_com {

// The parameters of CoInitializeSecurity. The initial values are async-com's defaults, which are
// the safe ones: calls are encrypted and authenticated, a server that this process calls may
// identify it but not impersonate it, and values that arrive may not use custom marshalers.
struct ProcessSecurity {
  DWORD authn_level = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
  DWORD impersonation_level = RPC_C_IMP_LEVEL_IDENTIFY;
  DWORD capabilities = EOAC_NO_CUSTOM_MARSHAL;
  // Who may call this process, in SDDL. If empty, anybody may call, and COM does not check who
  // calls.
  std::optional<std::wstring> access_permissions;

  // Returns the defaults with access permissions by which only this account, SYSTEM and
  // administrators may call, and only from this machine. Throws Win32Error.
  static ProcessSecurity Default();
};

// Who set the security of the process.
enum class SecuritySetBy {
  kNobody,   // not set yet
  kDefault,  // async-com itself, on first use
  kCaller,   // JavaScript, through async-com
  kHost,     // other code in the process; COM does not tell which values it used
};

struct ProcessSecurityState {
  SecuritySetBy set_by = SecuritySetBy::kNobody;
  ProcessSecurity security;  // only for kDefault and kCaller
};

// Sets COM's security for this process. The calling thread must be in an apartment that stays
// alive, because COM forgets the security when the last apartment ends. Throws Win32Error if the
// access permissions are not valid, and ComFailure with RPC_E_TOO_LATE if the security of the
// process is already set.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coinitializesecurity
void InitializeProcessSecurity(const ProcessSecurity& security);

// Does the same with the defaults, unless the security of the process is already set.
void EnsureProcessSecurity();

// Calls CoInitializeSecurity. Throws Win32Error if the access permissions are not valid.
extern Seam<HRESULT(const ProcessSecurity&)> initialize_security;

ProcessSecurityState GetProcessSecurityState();

}  // namespace async_com
