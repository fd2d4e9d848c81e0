#pragma once

#include <windows.h>

#include <memory>

#include "com/file_time.h"

namespace async_com {

class Server;

enum class ClientState {
  kAlive,
  kEnding,  // it has ended, and Server::ClientDied follows
  kGone,    // it has ended, and is not watched
};

// Watches a process of this computer. When the process has ended, Server::ClientDied is called
// once, on a worker thread. Until that has returned, no other process gets the id. A process that
// was started after `alive_at` is another one with the same id: the client is gone. If this process
// may not watch the other one, the other one is not watched and counts as alive. (On some hosts
// only, and after minutes, COM takes back the references of a client that has disappeared.) Throws
// if the process cannot be watched now.
ClientState WatchClient(DWORD process, const std::shared_ptr<Server>& server, FileTime alive_at);

// Calls Server::WatchClientsOfLastingCalls after a short time, once.
void WatchLastingCalls(const std::shared_ptr<Server>& server);

// Returns a time. Calls that arrived before it have lasted long enough to be watched.
FileTime BeforeLasting() noexcept;

}  // namespace async_com
