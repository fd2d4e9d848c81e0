#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "client/in_flight.h"
#include "threads/bounded_queue.h"
#include "threads/task.h"

namespace async_com {

// A server that this process calls, as far as threads are concerned. Work that may wait for the
// server goes through its peer. A server that hangs then holds a bounded number of threads, and no
// work for another server waits for it. Peers are told apart by the name of the class and of the
// computer. Any thread may use a peer.
class Peer {
 public:
  // How many calls of one peer may wait for their reply at a time. Further calls wait for a thread.
  static constexpr std::size_t kMostCalls = 256;
  // How many calls of one peer may be in flight without a thread each. Further calls wait.
  static constexpr std::size_t kMostInFlight = 8192;

  // Returns the peer for a class, by its CLSID or ProgID, on a computer. An empty `host` is this
  // computer.
  static std::shared_ptr<Peer> Of(const std::wstring& name, const std::wstring& host);

  // A peer that nobody else has.
  Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // For activation, calls, and what waits for the reply of a call.
  BoundedQueue& Calls() const noexcept { return *calls_; }
  // For the beginning of calls that need no thread afterwards, and for what follows when they are
  // complete. Both are short unless the server hangs. They are apart, so that an answer that has
  // arrived does not wait for a call that cannot begin.
  BoundedQueue& Begins() const noexcept { return *begins_; }
  BoundedQueue& Completions() const noexcept { return *completions_; }
  InFlight& CallsInFlight() const noexcept { return *in_flight_; }
  // For what is short unless the server hangs: the release of a connection, and telling it of
  // cancellations.
  BoundedQueue& Errands() const noexcept { return *errands_; }
  // For releasing the objects that values have brought. They are released one at a time: if two
  // threads release objects of one process at once, Wine 8.0 may use memory that it has freed.
  BoundedQueue& Releases() const noexcept { return *releases_; }

 private:
  const std::shared_ptr<BoundedQueue> calls_;
  const std::shared_ptr<BoundedQueue> begins_;
  const std::shared_ptr<BoundedQueue> completions_;
  const std::shared_ptr<BoundedQueue> errands_;
  const std::shared_ptr<BoundedQueue> releases_;
  const std::shared_ptr<InFlight> in_flight_;
};

}  // namespace async_com
