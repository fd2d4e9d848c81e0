#pragma once

#include <windows.h>

#include <memory>

namespace async_com {

class ObjectCalls;
class Server;

// On an RPC thread: notes the process of this machine that made the call on it as one that uses the
// object, and tells the server, once and on a worker thread, when that process has ended. (COM
// takes references of a client that disappears back by itself on some hosts only, and after
// minutes.) Gives the process; 0: not known, or no other process.
DWORD UsedByCaller(ObjectCalls& object, const std::shared_ptr<Server>& server);

}  // namespace async_com
