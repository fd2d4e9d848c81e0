#pragma once

#include <windows.h>

namespace async_com {

// Makes this process ready for COM, once: keeps its multithreaded apartment alive, keeps the addon
// in memory under COM's threads, sets the process's security where nobody has yet, and hands COM
// the proxy/stub of IMethodCall, so that neither side needs anything in the registry.
// On a thread of the multithreaded apartment. The first failure is final.
HRESULT StartComRuntime() noexcept;

}  // namespace async_com
