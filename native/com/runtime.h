#pragma once

#include <objidl.h>
#include <windows.h>

#include "com/com_ptr.h"
#include "com/process_security.h"
#include "com/seam.h"

namespace async_com {

// Prepares this process for COM, once. It keeps the process's multithreaded apartment alive, sets
// the process's security unless it is already set, and registers the proxy/stub of IMethodCall with
// COM. So neither the client nor the server needs registry entries for the proxy/stub. Must be
// called on a thread of the multithreaded apartment. If the first call fails, every later call
// returns the same failure.
HRESULT StartComRuntime() noexcept;

// Does the same with the given security. Throws what InitializeProcessSecurity throws, and
// ComFailure if StartComRuntime fails.
void StartComRuntimeWith(const ProcessSecurity& security);

// Returns the factory of the proxies and stubs that StartComRuntime registers. Throws ComFailure.
extern Seam<ComPtr<IPSFactoryBuffer>()> proxy_stub_factory;

}  // namespace async_com
