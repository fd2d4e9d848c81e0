#pragma once

#include <windows.h>

#include "com/ref_count.h"
#include "idl/generated/method_call.h"

namespace async_com {

// Only in the test build: stands in for COM's proxy where COM has no blankets on proxies
// (Wine 8.0), so that what this product asks of IClientSecurity can be seen there. It keeps what it
// is told; each call answers with that, and with whether its thread had a token.
ComPtr<IMethodCall> MakeRecordingProxy();

}  // namespace async_com
