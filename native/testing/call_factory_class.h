#pragma once

#include <string>

namespace async_com {

// For tests: registers a class until the process ends. A call of one of its objects calls
// ICallFactory::CreateCall of a server object on the RPC thread that brought the call, as COM does
// on Windows, and as a client of another process could if a proxy for ICallFactory were registered.
// The method names the controlling unknown:
//
//   null      none
//   argument  the object in the first argument
//   argument elsewhere  the same, but on a thread without an RPC call
//   own server object   the server object itself, to which a client can have a reference
//   own class object    a class object of this process
//   local     an object of this process that no client has a reference to, as COM's own
//
// The answer is the HRESULT of CreateCall, in a VT_I4. Must be called on a thread of the
// multithreaded apartment. Throws ComFailure.
void OfferCallFactory(const std::wstring& clsid);

}  // namespace async_com
