#pragma once

#include <objidl.h>
#include <windows.h>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"

namespace async_com {

// Returns the object that the generated stub calls instead of the server object. It makes each call
// asynchronously if the server object can do that (step 1 of server_double.h).
ComPtr<IUnknown> MakeStubTarget(ComPtr<IMethodCall> server_object);

}  // namespace async_com
