#pragma once

#include <windows.h>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"

namespace async_com {

// For tests: replaces COM's proxy on hosts on which COM has no blankets on proxies (Wine 8.0), to
// show what async-com asks of IClientSecurity. It keeps the blanket that it is given. Each call
// returns that blanket, and whether the calling thread had a token.
ComPtr<IMethodCall> MakeRecordingProxy();

// The methods "object" and "array of objects" return an object. This function returns the id of the
// thread that released it, or 0 if none was released since the last call of this function. (The
// methods "numbers, said to be objects" and "bytes, said to be VARIANTs" return arrays that do not
// match the VARIANT's type.)
DWORD ThreadOfLastRelease() noexcept;

}  // namespace async_com
