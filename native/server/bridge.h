#pragma once

#include <windows.h>

#include <memory>

#include "server/server_call.h"
#include "value/call_result.h"

namespace async_com {

class ServerObject;

// Handles a synchronous call that has reached a server object on the calling thread. It makes a
// server call object, has the call handled as an asynchronous one, and waits for the answer. The
// handler cannot tell such a call from one on the system path.
//
// JavaScript gets the call at once. When something needs Begin_'s thread, a Begin_ thread is lent
// and runs Begin_. If nothing needs it, Begin_ runs on the calling thread, once the answer is
// staged.
//
// Returns how the call ended. Its `hresult` is a failure if no handler answered.
CallResult CallThroughBridge(ServerObject& object, ServerCall::Origin origin);

}  // namespace async_com
