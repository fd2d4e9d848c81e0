#pragma once

#include <windows.h>

#include <memory>

#include "com/file_time.h"

namespace async_com {

class Server;

// Watches a process of this computer. When the process has ended, Server::ClientDied is called
// once, on a worker thread. Returns false if the process has already ended, or if it was started
// after `alive_at`, because its id was another process's before. If this process may not watch the
// other one, the other one is not watched and counts as alive. (On some hosts only, and after
// minutes, COM takes back the references of a client that has disappeared.)
bool WatchClient(DWORD process, const std::shared_ptr<Server>& server, FileTime alive_at);

// Calls Server::WatchClientsOfLastingCalls after a short time, and again for as long as it returns
// true.
void WatchLastingCalls(const std::shared_ptr<Server>& server);

// Returns a time. Calls that arrived before it have lasted long enough to be watched.
FileTime BeforeLasting() noexcept;

}  // namespace async_com
