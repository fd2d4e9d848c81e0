#pragma once

#include <windows.h>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"

namespace async_com {

// For tests: replaces COM's proxy on hosts on which COM has no blankets on proxies (Wine 8.0), to
// show what async-com asks of IClientSecurity. It keeps the blanket that it is given. Each call
// returns that blanket, and whether the calling thread had a token. A call of a method with the
// name of a value returns that value: see PutValueWithObject.
ComPtr<IMethodCall> MakeRecordingProxy();

}  // namespace async_com
