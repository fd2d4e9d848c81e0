#pragma once

#include <windows.h>

#include <objidl.h>

namespace async_com {

// Calls IServerSecurity::ImpersonateClient on the calling thread. If that succeeds and the thread
// has no token afterwards, this fails with ERROR_NO_TOKEN: what follows would run as the server.
HRESULT ImpersonateClientOf(IServerSecurity& security) noexcept;

}  // namespace async_com
