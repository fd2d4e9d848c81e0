#include "com/process_security.h"

#include <objbase.h>

#include <mutex>
#include <utility>

#include "com/account.h"
#include "com/descriptor.h"
#include "com/lock.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

struct Known {
  // Lets one thread at a time set the security. The thread holds it during CoInitializeSecurity,
  // which may be slow and does not call back. A thread that only reads the state does not wait for
  // it.
  Lock first;
  Lock mutex;
  ProcessSecurityState state;

  ProcessSecurityState Get() {
    const std::lock_guard lock(mutex);
    return state;
  }
  void Is(ProcessSecurityState now) {
    const std::lock_guard lock(mutex);
    state = std::move(now);
  }
};

Known& OfThisProcess() {
  static Known known;
  return known;
}

HRESULT TellCom(const ProcessSecurity& security) {
  std::optional<Descriptor> access;
  if (security.access_permissions) {
    access.emplace(*security.access_permissions);
  }
  return CoInitializeSecurity(access ? access->Get() : nullptr, -1, nullptr, nullptr,
                              security.authn_level, security.impersonation_level, nullptr,
                              security.capabilities, nullptr);
}

void Set(const ProcessSecurity& security, SecuritySetBy by, bool or_leave) {
  Known& known = OfThisProcess();
  const std::lock_guard lock(known.first);
  const bool first = known.Get().set_by == SecuritySetBy::kNobody;
  const HRESULT result = first ? initialize_security(security) : RPC_E_TOO_LATE;
  if (first && SUCCEEDED(result)) {
    known.Is({by, security});
  } else if (first && result == RPC_E_TOO_LATE) {
    known.Is({SecuritySetBy::kHost, {}});
  }
  if (!(or_leave && result == RPC_E_TOO_LATE)) {
    ThrowIfFailed(result, "CoInitializeSecurity");
  }
}

}  // namespace

ProcessSecurity ProcessSecurity::Default() {
  const std::wstring& account = AccountOfThisProcess();
  ProcessSecurity security;
  // 0x3 is COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL.
  security.access_permissions = L"O:" + account + L"G:" + account + L"D:(A;;0x3;;;" + account +
                                L")(A;;0x3;;;SY)(A;;0x3;;;BA)";
  return security;
}

void InitializeProcessSecurity(const ProcessSecurity& security) {
  Set(security, SecuritySetBy::kCaller, false);
}

void EnsureProcessSecurity() { Set(ProcessSecurity::Default(), SecuritySetBy::kDefault, true); }

constinit Seam<HRESULT(const ProcessSecurity&)> initialize_security(TellCom);

ProcessSecurityState GetProcessSecurityState() { return OfThisProcess().Get(); }

}  // namespace async_com
