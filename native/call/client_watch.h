#pragma once

#include <windows.h>

#include <memory>

namespace async_com {

class Server;

// The process of this machine that made the call which is running on the calling RPC thread. 0: not
// known, or no other process.
DWORD CallingProcess() noexcept;

// Tells the server, once and on a worker thread, when the process has ended. COM takes references
// of a client that disappears back by itself on some hosts only, and after minutes.
void WatchClient(DWORD process, const std::shared_ptr<Server>& server);

}  // namespace async_com
