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

// Identifies an object of a server.
using ObjectId = std::uint64_t;

// The calls in progress on a server. The ledger bounds their number, and finds the call that a
// client cancels, and the calls of a process that has ended. A Server owns it, and the places of
// its calls share it. Any thread may use it.
//
// The ledger keeps the calls and gives them back. It calls no function of theirs.
//
// Calls past a bound are refused, never queued, because a queue of held calls deadlocks. One bound
// is the server's, for calls that wait for their answer. The other is the process's, for all calls
// that are in progress (ThreadPool::kMostBeginThreads).
class Ledger : public std::enable_shared_from_this<Ledger> {
 public:
  // A call that begins, and what the ledger has to know of it.
  struct Arrival {
    std::shared_ptr<ServerCall> call;
    std::uint64_t id = 0;  // no other call of the process has it
    ObjectId object = 0;
    std::optional<GUID> cancel_id;
    FileTime arrived_at = 0;
  };

  // A call's place in the ledger. Destroying it gives the place back, unless Leave has done so
  // before.
  class Admission {
   public:
    Admission() = default;
    Admission(Admission&& other) noexcept : ledger_(std::move(other.ledger_)), call_(other.call_) {}
    Admission& operator=(Admission&& other) noexcept;
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;
    ~Admission() { Leave(); }

    // Called just before the answer is sent. The call no longer counts as one that waits for its
    // answer.
    void Answered() noexcept;
    void Leave() noexcept;

   private:
    friend class Ledger;
    Admission(std::shared_ptr<Ledger> ledger, std::uint64_t call)
        : ledger_(std::move(ledger)), call_(call) {}

    std::shared_ptr<Ledger> ledger_;
    std::uint64_t call_ = 0;
  };

  // `idle` is called, on any thread, when no call is in progress any more after Stop.
  Ledger(std::size_t most_unanswered, std::function<void()> idle);

  ObjectId AddObject();
  void RemoveObject(ObjectId object) noexcept;

  // Admits a call that begins. Returns CO_E_SERVER_STOPPING after Stop, RPC_E_SERVERCALL_RETRYLATER
  // past a bound, RPC_E_CALL_CANCELED if the call's cancellation has overtaken it, and E_INVALIDARG
  // if the object already has a call with that cancel id.
  HRESULT Admit(Arrival arrival, Admission& admission);

  // Returns the call that its client cancels. Returns null if there is no such call. One that comes
  // later is then refused.
  std::shared_ptr<ServerCall> CancelledCall(ObjectId object, const GUID& cancel_id);

  // Returns whether the ledger remembers no earlier call to the object on that connection.
  bool IsNewConnection(ObjectId object, const void* connection);
  // Used in place of a process id for a client on another computer. Nobody watches it.
  static constexpr DWORD kElsewhere = 0;
  // Notes that a client in that process uses the object. Returns false if that is known already.
  bool AddClient(ObjectId object, DWORD process);
  // Undoes AddClient, if the process turns out to have ended before.
  void RemoveClient(ObjectId object, DWORD process) noexcept;
  // Returns the calls in progress that began before then and whose client is not known yet.
  std::vector<std::shared_ptr<ServerCall>> CallsWithoutClient(FileTime begun_before);
  bool HasCallsWithoutClient() noexcept;
  // Notes the client of a call. Returns false, and changes nothing, if the client is known already
  // or the call is over.
  bool SetClient(std::uint64_t call, DWORD process) noexcept;
  // Undoes SetClient.
  void ForgetClient(std::uint64_t call) noexcept;
  // What a process leaves behind when it ends.
  struct Left {
    std::vector<std::shared_ptr<ServerCall>> calls;
    std::vector<ObjectId> unused;  // the objects that no other process uses
  };
  // Called when the process has ended. Forgets that it uses objects.
  Left ClientDied(DWORD process);

  // Admits no more calls. Returns true the first time.
  bool Stop() noexcept;
  bool IsStopped() noexcept;
  std::vector<std::shared_ptr<ServerCall>> Calls();
  std::size_t Count() noexcept;
  // Returns false if a call is still in progress after that time.
  bool WaitUntilIdle(DWORD milliseconds);

 private:
  struct Entry {
    Arrival arrival;
    bool answered = false;
    std::optional<DWORD> client;  // 0 if it is not of this computer, or is this process
  };
  struct Object {
    std::unordered_set<DWORD> clients;
    std::unordered_set<const void*> connections;
    // The cancel ids of calls that were cancelled before they came. The oldest are forgotten.
    std::deque<GUID> overtaken;
  };

  // Called under the lock. Returns null if there is no such call.
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
