#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>

namespace async_com {

class Server;

// Tells the server, once and on a worker thread, when that process of this computer has ended
// (Server::ClientDied). False where it has ended already, or was started only after `alive_at` (in
// FILETIME's units), so that its id was another process's before. A process that this one may not
// watch is not watched. (COM takes back the references of a client that disappears on some hosts
// only, and after minutes.)
bool WatchClient(DWORD process, const std::shared_ptr<Server>& server,
                 std::uint64_t alive_at = UINT64_MAX);

// In a moment, and again while there is something to watch, calls
// Server::WatchClientsOfLastingCalls.
void WatchLastingCalls(const std::shared_ptr<Server>& server);

// Calls that arrived before this time have lasted for long enough to be watched.
std::uint64_t BeforeLasting() noexcept;

}  // namespace async_com
