#include "client/peer.h"

#include <windows.h>

#include <map>
#include <mutex>
#include <utility>

#include "com/lock.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

constexpr std::size_t kMostErrands = 4;
// Any number of calls in flight takes at most eight threads: these, and as many that a pool may
// start while a thread of a queue has ended its task and is not idle yet.
constexpr std::size_t kMostBegins = 2;
constexpr std::size_t kMostCompletions = 2;

std::wstring Upper(std::wstring text) {
  CharUpperBuffW(text.data(), static_cast<DWORD>(text.size()));
  return text;
}

// The peers in use. Never destroyed, because threads use it while the process exits.
struct Peers {
  Lock mutex;
  std::map<std::pair<std::wstring, std::wstring>, std::weak_ptr<Peer>> peers;

  static Peers& OfProcess() {
    static auto& peers = *new Peers;
    return peers;
  }
};

}  // namespace

Peer::Peer()
    : calls_(std::make_shared<BoundedQueue>(ThreadPool::Client(), kMostCalls)),
      begins_(std::make_shared<BoundedQueue>(ThreadPool::Client(), kMostBegins)),
      completions_(std::make_shared<BoundedQueue>(ThreadPool::Client(), kMostCompletions)),
      errands_(std::make_shared<BoundedQueue>(ThreadPool::Errand(), kMostErrands)),
      releases_(std::make_shared<BoundedQueue>(ThreadPool::Errand(), 1)),
      in_flight_(std::make_shared<InFlight>(kMostInFlight)) {}

std::shared_ptr<Peer> Peer::Of(const std::wstring& name, const std::wstring& host) {
  Peers& all = Peers::OfProcess();
  const std::lock_guard lock(all.mutex);
  std::erase_if(all.peers, [](const auto& one) { return one.second.expired(); });
  std::weak_ptr<Peer>& known = all.peers[{Upper(name), Upper(host)}];
  auto peer = known.lock();
  if (peer == nullptr) {
    peer = std::make_shared<Peer>();
    known = peer;
  }
  return peer;
}

}  // namespace async_com
