#include "node/addon_data.h"

#include <windows.h>

#include <objbase.h>

#include <memory>
#include <utility>
#include <vector>

#include "com/wine.h"
#include "node/server.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

// Bounds the waits. A handler that holds its Begin_ thread in a system call must not keep a process
// from ending.
constexpr DWORD kMostMilliseconds = 2000;

// Bounds the wait for other processes, of which one may hang.
constexpr DWORD kMostForPeers = 500;

}  // namespace

AddonData::~AddonData() {
  ThreadPool::Worker().WaitUntilIdle(kMostMilliseconds);
  ThreadPool::Errand().WaitUntilIdle(kMostForPeers);
}

void AddonData::Shutdown() noexcept {
  const ULONGLONG deadline = GetTickCount64() + kMostMilliseconds;
  const auto left = [deadline] {
    const ULONGLONG now = GetTickCount64();
    return static_cast<DWORD>(now < deadline ? deadline - now : 0);
  };
  if (!process_ends || WineVersion() == nullptr) {
    calls->Cancel();
  }
  try {
    std::vector<std::shared_ptr<Server>> ending;
    for (const NodeServer* server : servers) {
      ending.push_back(server->Get());
    }
    for (const auto& server : ending) {
      server->Stop();
      server->EndCalls(CO_E_SERVER_STOPPING);
    }
    for (const auto& server : ending) {
      server->WaitUntilIdle(left());
    }
    if (!ending.empty()) {
      ThreadPool::Worker().Run(MakeTask([ending = std::move(ending)] {
        for (const auto& server : ending) {
          server->Disconnect();
        }
      }));
    }
    ThreadPool::Worker().WaitUntilIdle(left());
  } catch (...) {
    // No thread or no memory is available. The end of the process releases the rest.
  }
}

}  // namespace async_com
