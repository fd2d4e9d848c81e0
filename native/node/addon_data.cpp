#include "node/addon_data.h"

#include <windows.h>

#include <objbase.h>

#include <future>
#include <utility>
#include <vector>

#include "call/thread_pool.h"
#include "node/server.h"

namespace async_com {

namespace {

// A handler that holds its Begin_ thread in a system call must not keep a process from ending.
constexpr DWORD kMostMilliseconds = 2000;

}  // namespace

void AddonData::Shutdown() noexcept {
  std::vector<std::shared_ptr<Server>> ending;
  for (const NodeServer* server : servers) {
    ending.push_back(server->Get());
  }
  if (ending.empty()) {
    return;
  }
  const ULONGLONG deadline = GetTickCount64() + kMostMilliseconds;
  const auto left = [deadline] {
    const ULONGLONG now = GetTickCount64();
    return static_cast<DWORD>(now < deadline ? deadline - now : 0);
  };
  try {
    for (const auto& server : ending) {
      server->Stop();
      server->EndCalls(CO_E_SERVER_STOPPING);
    }
    for (const auto& server : ending) {
      server->WaitUntilIdle(left());
    }
    auto disconnected = std::make_shared<std::promise<void>>();
    auto done = disconnected->get_future();
    ThreadPool::Worker().Run(MakeTask([ending = std::move(ending), disconnected] {
      for (const auto& server : ending) {
        server->Disconnect();
      }
      disconnected->set_value();
    }));
    done.wait_for(std::chrono::milliseconds(left()));
  } catch (...) {
    // No thread or no memory left: the end of the process takes the rest.
  }
}

}  // namespace async_com
