#pragma once

#include <windows.h>

#include <memory>

#include "com/file_time.h"

namespace async_com {

class Server;

// Tells the server, once and on a worker thread, when that process of this computer has ended
// (Server::ClientDied). False where it has ended already, or was started only after `alive_at`, so
// that its id was another process's before. A process that this one may not watch is not watched,
// and counts as alive. (COM takes back the references of a client that disappears on some hosts
// only, and after minutes.)
bool WatchClient(DWORD process, const std::shared_ptr<Server>& server, FileTime alive_at);

// In a moment, and again while there is something to watch, calls
// Server::WatchClientsOfLastingCalls.
void WatchLastingCalls(const std::shared_ptr<Server>& server);

// Calls that arrived before this time have lasted for long enough to be watched.
FileTime BeforeLasting() noexcept;

}  // namespace async_com
