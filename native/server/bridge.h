#pragma once

#include <windows.h>

#include <memory>

#include "idl/generated/method_call.h"
#include "server/server_call.h"

namespace async_com {

class ServerObject;

// A synchronous call that has reached a server object on the calling thread: makes an asynchronous
// call of it, with a call object of ours, and waits for its answer. The handler cannot tell the two
// apart.
//
// JavaScript has the call at once. Begin_ runs on a Begin_ thread from the moment that something
// needs it; where nothing does, Begin_ runs here, once the answer is staged.
HRESULT CallThroughBridge(ServerObject& object, BSTR method, SAFEARRAY* arguments,
                          const GUID* cancel_id, VARIANT* result, CallError* error);

}  // namespace async_com
