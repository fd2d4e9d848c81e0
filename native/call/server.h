#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "call/call.h"
#include "com/class_object.h"
#include "com/lock.h"

namespace async_com {

class ServerObject;

// Whom a server tells of its calls. Any thread.
class CallHandler {
 public:
  virtual ~CallHandler() = default;

  // A call has arrived; Begin_ is on its thread. False when nobody can answer any more.
  virtual bool Arrived(std::shared_ptr<Call> call) noexcept = 0;

  // A call was cancelled, perhaps before it has arrived. Call::Cancelled says why.
  virtual void Cancelled(std::shared_ptr<Call> call) noexcept = 0;

  // No call is in progress any more, after Server::Stop.
  virtual void Idle() noexcept = 0;

  // In a process that COM has started: its last object has gone, or its last lock.
  virtual void Unused() noexcept = 0;
};

// One class of server objects, and their calls in progress. Calls past the bound are refused with
// RPC_E_SERVERCALL_RETRYLATER, never queued: a queue of held calls deadlocks. The bound is for
// calls that wait for their answer; those whose Begin_ runs on after it have one of their own.
class Server : public std::enable_shared_from_this<Server> {
 public:
  // Without `call_object` its objects are as those of a server that has none for IMethodCall: COM
  // then makes every call a synchronous one.
  Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
         std::shared_ptr<CallHandler> handler);

  // Worker thread: registers the class object.
  HRESULT Listen();
  // The same in a process that COM has started: see ServerProcess, and CoResumeClassObjects.
  HRESULT ListenSuspended();
  // Worker thread: from now on COM gives the class to nobody. Who has it already keeps it.
  HRESULT Revoke() noexcept { return registration_.Revoke(); }
  // Refuses calls from now on with CO_E_SERVER_STOPPING. CallHandler::Idle follows, at once or
  // when the last call has ended.
  void Stop();
  // Ends every call in progress.
  void EndCalls(HRESULT hresult);
  // Worker thread: revokes the class object and cuts the clients off.
  void Disconnect() noexcept;
  // Worker thread: a client's process has ended. Its calls are cancelled, and the objects that
  // nobody else has used are taken from it.
  void ClientDied(DWORD process) noexcept;
  // Waits until no call is in progress. False at the deadline.
  bool WaitUntilIdle(DWORD milliseconds);

  std::size_t CallsInProgress();

  // For Call.
  HRESULT Enter(std::shared_ptr<Call> call);
  void Cancelled(std::shared_ptr<Call> call) noexcept { handler_->Cancelled(std::move(call)); }
  // Once for each call that entered, as it is signalled.
  void Answered() noexcept;
  void Leave(std::uint64_t call_id) noexcept;

  bool HasCallObject() const noexcept { return call_object_; }

  // For ServerObject. Objects are held weakly, to be disconnected. Add throws ComFailure where the
  // process takes no more.
  void Add(ServerObject* object);
  void Remove(ServerObject* object) noexcept;

 private:
  std::vector<ComPtr<ServerObject>> Objects();
  HRESULT Listen(const std::function<HRESULT(CreateObject create)>& do_register);
  HRESULT LockProcess(bool lock) noexcept;

  const CLSID clsid_;
  const std::size_t most_calls_;
  const bool call_object_;
  const std::shared_ptr<CallHandler> handler_;
  ClassRegistration registration_;

  Lock mutex_;
  Condition left_;
  bool stopped_ = false;
  bool keeps_process_ = false;  // set before the first object
  std::size_t locks_ = 0;
  std::size_t unanswered_ = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<Call>> calls_;
  std::unordered_set<ServerObject*> objects_;
};

}  // namespace async_com
