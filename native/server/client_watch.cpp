#include "server/client_watch.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "com/handle.h"
#include "com/process_start.h"
#include "com/win32_error.h"
#include "server/server.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

// The client processes that are watched. Each is watched once, for all servers.
class Watches {
 public:
  // Never destroyed, because a client's process may end while this process ends.
  static Watches& OfProcess() {
    static auto& watches = *new Watches;
    return watches;
  }

  ClientState Add(DWORD process, const std::shared_ptr<Server>& server, FileTime alive_at) {
    const std::lock_guard lock(mutex_);
    const auto known = watches_.find(process);
    if (known != watches_.end()) {
      if (known->second->start > alive_at) {
        return ClientState::kGone;
      }
      Tell(known->second->servers, server);
      return HasEnded(known->second->handle) ? ClientState::kEnding : ClientState::kAlive;
    }
    // The process is opened as this process, because RPC threads and the timer's thread have no
    // token.
    UniqueHandle handle(
        OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process));
    if (!handle) {
      return GetLastError() == ERROR_INVALID_PARAMETER ? ClientState::kGone : ClientState::kAlive;
    }
    const FileTime start = StartOfProcess(handle.Get());
    if (start > alive_at || HasEnded(handle)) {
      return ClientState::kGone;
    }
    auto owned = std::make_unique<Watch>();
    Watch& watch = *owned;
    watch.process = process;
    watch.start = start;
    watch.handle = std::move(handle);
    watch.servers.push_back(server);
    watches_.emplace(process, std::move(owned));
    if (!RegisterWaitForSingleObject(&watch.wait, watch.handle.Get(), Ended, &watch, INFINITE,
                                     WT_EXECUTEONLYONCE)) {
      const DWORD error = GetLastError();
      watches_.erase(process);
      throw Win32Error(error, "RegisterWaitForSingleObject");
    }
    return ClientState::kAlive;
  }

 private:
  struct Watch {
    ~Watch() {
      if (wait != nullptr) {
        // Does not wait for the callback, so the callback itself may come here.
        UnregisterWaitEx(wait, nullptr);
      }
    }

    DWORD process = 0;
    FileTime start = 0;
    UniqueHandle handle;
    HANDLE wait = nullptr;
    std::vector<std::weak_ptr<Server>> servers;
  };

  static bool HasEnded(const UniqueHandle& process) noexcept {
    return WaitForSingleObject(process.Get(), 0) == WAIT_OBJECT_0;
  }

  static void Tell(std::vector<std::weak_ptr<Server>>& servers,
                   const std::shared_ptr<Server>& server) {
    servers.erase(std::remove_if(servers.begin(), servers.end(),
                                 [](const auto& one) { return one.expired(); }),
                  servers.end());
    const bool known = std::any_of(servers.begin(), servers.end(),
                                   [&server](const auto& one) { return one.lock() == server; });
    if (!known) {
      servers.push_back(server);
    }
  }

  // Called on a thread of the system's pool, which is in no apartment of COM.
  static void CALLBACK Ended(void* context, BOOLEAN) noexcept {
    try {
      OfProcess().ProcessEnded(static_cast<Watch*>(context)->process);
    } catch (...) {
      // Out of memory, or no thread is available. The client's references stay until the server
      // closes.
    }
  }

  void ProcessEnded(DWORD process) {
    std::shared_ptr<Watch> watch;
    {
      const std::lock_guard lock(mutex_);
      const auto known = watches_.find(process);
      watch = std::move(known->second);
      watches_.erase(known);
    }
    // No other process has this id before all servers are told, because the watch has a handle.
    ThreadPool::Worker().Run(MakeTask([process, watch] {
      for (const auto& one : watch->servers) {
        if (const auto server = one.lock()) {
          server->ClientDied(process);
        }
      }
    }));
  }

  Lock mutex_;
  std::unordered_map<DWORD, std::unique_ptr<Watch>> watches_;
};

// How long a call must have lasted before its client is watched. Calls are checked at this
// interval.
constexpr DWORD kLastingMilliseconds = 200;

// The servers that have calls whose clients are not watched yet.
class LastingCalls {
 public:
  static LastingCalls& OfProcess() {
    static auto& calls = *new LastingCalls;
    return calls;
  }

  void Add(const std::shared_ptr<Server>& server) {
    const std::lock_guard lock(mutex_);
    servers_.push_back(server);
    if (servers_.size() == 1) {
      // A negative time is relative to now.
      const std::int64_t due =
          -static_cast<std::int64_t>(kLastingMilliseconds * kFileTimeAMillisecond);
      FILETIME when{static_cast<DWORD>(due), static_cast<DWORD>(due >> 32)};
      SetThreadpoolTimer(timer_, &when, 0, 0);
    }
  }

 private:
  LastingCalls() : timer_(CreateThreadpoolTimer(Look, nullptr, nullptr)) {
    if (timer_ == nullptr) {
      ThrowLastError("CreateThreadpoolTimer");
    }
  }

  // Called on a thread of the system's pool, which is in no apartment of COM.
  static void CALLBACK Look(PTP_CALLBACK_INSTANCE, void*, PTP_TIMER) noexcept {
    LastingCalls& calls = OfProcess();
    std::vector<std::weak_ptr<Server>> servers;
    {
      const std::lock_guard lock(calls.mutex_);
      servers.swap(calls.servers_);
    }
    for (const auto& one : servers) {
      if (const auto server = one.lock()) {
        server->WatchClientsOfLastingCalls();
      }
    }
  }

  const PTP_TIMER timer_;
  Lock mutex_;
  std::vector<std::weak_ptr<Server>> servers_;
};

}  // namespace

ClientState WatchClient(DWORD process, const std::shared_ptr<Server>& server, FileTime alive_at) {
  return Watches::OfProcess().Add(process, server, alive_at);
}

void WatchLastingCalls(const std::shared_ptr<Server>& server) {
  LastingCalls::OfProcess().Add(server);
}

FileTime BeforeLasting() noexcept {
  return FileTimeNow() - kLastingMilliseconds * kFileTimeAMillisecond;
}

}  // namespace async_com
