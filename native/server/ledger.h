#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "com/file_time.h"
#include "com/lock.h"

namespace async_com {

class ServerCall;

// Tells a server's objects apart.
using ObjectId = std::uint64_t;

// The calls in progress on a server: how many there may be, so that a client can cancel its own,
// and so that the calls of a process that has died are cancelled.
//
// Calls past a bound are refused, never queued: a queue of held calls deadlocks. One bound is the
// server's, for calls that wait for their answer. The other is the process's, for all that are in
// progress (ThreadPool::kMostBeginThreads).
class Ledger : public std::enable_shared_from_this<Ledger> {
 public:
  // A call's place in the ledger. It is left when this is destroyed, at the latest.
  class Admission {
   public:
    Admission() = default;
    Admission(Admission&& other) noexcept : ledger_(std::move(other.ledger_)), call_(other.call_) {}
    Admission& operator=(Admission&& other) noexcept;
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;
    ~Admission() { Leave(); }

    // The call is about to have its answer.
    void Answered() noexcept;
    void Leave() noexcept;

   private:
    friend class Ledger;
    Admission(std::shared_ptr<Ledger> ledger, std::uint64_t call)
        : ledger_(std::move(ledger)), call_(call) {}

    std::shared_ptr<Ledger> ledger_;
    std::uint64_t call_ = 0;
  };

  // `idle` is told, on any thread, when no call is in progress any more after Stop.
  Ledger(std::size_t most_unanswered, std::function<void()> idle);

  ObjectId AddObject();
  void RemoveObject(ObjectId object) noexcept;

  // A call begins. CO_E_SERVER_STOPPING, RPC_E_SERVERCALL_RETRYLATER (past a bound);
  // RPC_E_CALL_CANCELED: its cancellation has overtaken it; E_INVALIDARG: the object has a call
  // with that cancel id already.
  HRESULT Admit(const std::shared_ptr<ServerCall>& call, Admission& admission);

  // ICallCancellation::CancelCall. S_FALSE where there is no such call: one that comes later is
  // refused.
  HRESULT Cancel(ObjectId object, const GUID& cancel_id);

  // Whether no call has come to the object on that connection before.
  bool IsNewConnection(ObjectId object, const void* connection);
  // A client on another computer, in a process's place: nobody watches it.
  static constexpr DWORD kElsewhere = 0;
  // Somebody in that process uses the object.
  void AddClient(ObjectId object, DWORD process);
  // It turned out to have ended before.
  void RemoveClient(ObjectId object, DWORD process) noexcept;
  // The calls in progress that began before then, and whose client's process was not told yet.
  std::vector<std::shared_ptr<ServerCall>> CallsWithoutClient(FileTime begun_before);
  bool HasCallsWithoutClient();
  void ClientOf(const ServerCall& call, DWORD process) noexcept;
  // The process has ended: its calls are cancelled. Gives the objects that no other process uses.
  std::vector<ObjectId> ClientDied(DWORD process);

  // No call is admitted any more. True the first time.
  bool Stop() noexcept;
  bool IsStopped() noexcept;
  std::vector<std::shared_ptr<ServerCall>> Calls();
  std::size_t Count() noexcept;
  // False at the deadline.
  bool WaitUntilIdle(DWORD milliseconds);

 private:
  struct Entry {
    std::shared_ptr<ServerCall> call;
    bool answered = false;
    std::optional<DWORD> client;  // 0: not of this computer, or this very process
  };
  struct Object {
    std::unordered_set<DWORD> clients;
    std::unordered_set<const void*> connections;
    // Cancelled before they came; the oldest are forgotten.
    std::deque<GUID> overtaken;
  };

  // Under the lock. Null where there is none.
  const Entry* Find(ObjectId object, const GUID& cancel_id) const;
  void Answered(std::uint64_t call) noexcept;
  void Leave(std::uint64_t call) noexcept;

  const std::size_t most_unanswered_;
  const std::function<void()> idle_;
  Lock mutex_;
  Condition left_;
  bool stopped_ = false;
  std::size_t unanswered_ = 0;
  ObjectId last_object_ = 0;
  std::unordered_map<std::uint64_t, Entry> calls_;
  std::unordered_map<ObjectId, Object> objects_;
};

}  // namespace async_com
