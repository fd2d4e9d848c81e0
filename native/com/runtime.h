#pragma once

#include <windows.h>

#include "com/process_security.h"

namespace async_com {

// Makes this process ready for COM, once: keeps its multithreaded apartment alive, sets the
// process's security where nobody has yet, and hands COM the proxy/stub of IMethodCall, so that
// neither side needs anything in the registry. On a thread of the multithreaded apartment. The
// first failure is final.
HRESULT StartComRuntime() noexcept;

// The same with security of the caller's choice. Throws what InitializeProcessSecurity throws.
void StartComRuntimeWith(const ProcessSecurity& security);

}  // namespace async_com
