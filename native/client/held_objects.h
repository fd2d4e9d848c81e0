#pragma once

#include <memory>
#include <vector>

#include "client/peer.h"
#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "value/call_result.h"
#include "value/variant.h"

namespace async_com {

// Releases objects of another process on a thread that may wait for it. Any thread may call it.
void ReleaseElsewhere(std::vector<ComPtr<IUnknown>> objects, Peer& peer) noexcept;

// Keeps the objects in a value that this process received, so that the value can be destroyed on
// any thread: the last references are released elsewhere. Objects that nobody can reach are
// released now. Must be called on the thread that received the value. Returns null if it has no
// objects.
std::shared_ptr<void> HoldObjects(Variant& value, std::shared_ptr<Peer> peer);

// Makes the result of a client's call, and takes ownership of what the out parameters hold. Must be
// called on the thread that received them.
CallResult ResultFromOuts(HRESULT called, Variant out, const CallError& error,
                          std::shared_ptr<Peer> peer);

}  // namespace async_com
