#include "call/client_watch.h"

#include <rpc.h>
#include <rpcdcep.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "call/object_calls.h"
#include "call/server.h"
#include "call/thread_pool.h"
#include "com/handle.h"
#include "com/lock.h"

namespace async_com {

namespace {

// The client processes that are being watched, each once.
class Watches {
 public:
  // Never destroyed: a process may end while this one does.
  static Watches& OfProcess() {
    static auto& watches = *new Watches;
    return watches;
  }

  void Add(DWORD process, const std::shared_ptr<Server>& server) {
    const std::lock_guard lock(mutex_);
    const auto known = watches_.find(process);
    if (known != watches_.end()) {
      Tell(known->second->servers, server);
      return;
    }
    // As this process: the RPC thread carries no token. Where it may not be watched, it is not.
    UniqueHandle handle(OpenProcess(SYNCHRONIZE, FALSE, process));
    if (!handle) {
      return;
    }
    auto owned = std::make_unique<Watch>();
    Watch& watch = *owned;
    watch.process = process;
    watch.handle = std::move(handle);
    watch.servers.push_back(server);
    watches_.emplace(process, std::move(owned));
    if (!RegisterWaitForSingleObject(&watch.wait, watch.handle.Get(), Ended, &watch, INFINITE,
                                     WT_EXECUTEONLYONCE)) {
      watches_.erase(process);
    }
  }

 private:
  struct Watch {
    ~Watch() {
      if (wait != nullptr) {
        // Of its own callback too: does not wait for it.
        UnregisterWaitEx(wait, nullptr);
      }
    }

    DWORD process = 0;
    UniqueHandle handle;
    HANDLE wait = nullptr;
    std::vector<std::weak_ptr<Server>> servers;
  };

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

  // On a thread of the system's pool, which COM does not know.
  static void CALLBACK Ended(void* context, BOOLEAN) noexcept {
    try {
      OfProcess().ProcessEnded(static_cast<Watch*>(context)->process);
    } catch (...) {
      // No memory or no thread: the server's references stay until it closes.
    }
  }

  void ProcessEnded(DWORD process) {
    std::unique_ptr<Watch> watch;
    {
      const std::lock_guard lock(mutex_);
      const auto known = watches_.find(process);
      watch = std::move(known->second);
      watches_.erase(known);
    }
    ThreadPool::Worker().Run(MakeTask([process, servers = std::move(watch->servers)] {
      for (const auto& one : servers) {
        if (const auto server = one.lock()) {
          server->ClientDied(process);
        }
      }
    }));
  }

  Lock mutex_;
  std::unordered_map<DWORD, std::unique_ptr<Watch>> watches_;
};

// The process of this machine that made the call which is running on the calling RPC thread. 0: not
// known, or no other process.
DWORD CallingProcess() noexcept {
  const RPC_BINDING_HANDLE call = I_RpcGetCurrentCallHandle();
  unsigned long process = 0;
  if (call == nullptr || I_RpcBindingInqLocalClientPID(call, &process) != RPC_S_OK ||
      process == GetCurrentProcessId()) {
    return 0;
  }
  return process;
}

}  // namespace

DWORD UsedByCaller(ObjectCalls& object, const std::shared_ptr<Server>& server) {
  const DWORD process = CallingProcess();
  if (process != 0 && object.AddClient(process)) {
    Watches::OfProcess().Add(process, server);
  }
  return process;
}

}  // namespace async_com
