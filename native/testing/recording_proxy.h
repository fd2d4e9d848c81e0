#pragma once

#include <windows.h>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"

namespace async_com {

// Only in the test build: stands in for COM's proxy where COM has no blankets on proxies
// (Wine 8.0), so that what this product asks of IClientSecurity can be seen there. It keeps what it
// is told; each call answers with that, and with whether its thread had a token.
ComPtr<IMethodCall> MakeRecordingProxy();

// Where the object was let go that the methods "object" and "array of objects" answer with; 0: it
// was not, since it was last asked. ("numbers, said to be objects" and "bytes, said to be VARIANTs"
// answer with arrays that are not what the VARIANT says.)
DWORD ThreadOfLastRelease() noexcept;

}  // namespace async_com
