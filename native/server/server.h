#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "com/class_object.h"
#include "com/file_time.h"
#include "com/lock.h"
#include "security/rpc_call.h"
#include "server/ledger.h"

namespace async_com {

class ServerCall;
class ServerObject;

// Whom a server tells of its calls. Any thread.
class CallHandler {
 public:
  virtual ~CallHandler() = default;

  // A call has arrived. False when nobody can answer any more.
  virtual bool Arrived(std::shared_ptr<ServerCall> call) noexcept = 0;

  // A call was cancelled, perhaps before it has arrived. ServerCall::Cancelled says why.
  virtual void Cancelled(std::shared_ptr<ServerCall> call) noexcept = 0;

  // No call is in progress any more, after Server::Stop.
  virtual void Idle() noexcept = 0;

  // In a process that COM has started: its last object has gone, or its last lock.
  virtual void Unused() noexcept = 0;
};

// One class of server objects.
class Server : public std::enable_shared_from_this<Server> {
 public:
  // Without `call_object` its objects are as those of a server that has none for IMethodCall: COM
  // then makes every call a synchronous one.
  static std::shared_ptr<Server> Create(const CLSID& clsid, std::size_t most_calls,
                                        bool call_object, std::shared_ptr<CallHandler> handler);

  // Worker thread: registers the class object.
  HRESULT Listen();
  // The same in a process that COM has started: see ServerProcess, and CoResumeClassObjects.
  HRESULT ListenSuspended();
  // Worker thread: from now on COM gives the class to nobody. Who has it already keeps it.
  HRESULT Revoke() noexcept { return registration_.Revoke(); }
  // Refuses calls from now on with CO_E_SERVER_STOPPING. CallHandler::Idle follows, at once or
  // when the last call has ended.
  void Stop() { ledger_->Stop(); }
  // Ends every call in progress.
  void EndCalls(HRESULT hresult);
  // Worker thread: revokes the class object and cuts the clients off.
  void Disconnect() noexcept;
  // Waits until no call is in progress. False at the deadline.
  bool WaitUntilIdle(DWORD milliseconds) { return ledger_->WaitUntilIdle(milliseconds); }
  std::size_t CallsInProgress() { return ledger_->Count(); }

  bool HasCallObject() const noexcept { return call_object_; }

  // On the RPC thread that brought the call: admits it and gives it to the handler.
  HRESULT Take(const std::shared_ptr<ServerCall>& call);
  HRESULT Cancel(ObjectId object, const GUID& cancel_id) {
    return ledger_->Cancel(object, cancel_id);
  }
  void Cancelled(std::shared_ptr<ServerCall> call) noexcept {
    handler_->Cancelled(std::move(call));
  }

  // Any thread: watches the clients of calls that have lasted for a while. True where there are
  // calls whose clients are not watched yet.
  bool WatchClientsOfLastingCalls();
  // Worker thread: a client's process has ended. Its calls are cancelled, and the objects that
  // nobody else has used are taken from it.
  void ClientDied(DWORD process) noexcept;

  // For ServerObject. Objects are held weakly, to be disconnected. Add throws ComFailure where the
  // process takes no more.
  ObjectId Add(ServerObject* object);
  void Remove(ServerObject* object) noexcept;

 private:
  Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
         std::shared_ptr<CallHandler> handler);

  // Notes that somebody uses the object, and watches that process. False where it has ended
  // already.
  bool IsUsedBy(ObjectId object, const RpcCall::Client& client, FileTime alive_at);
  void WatchClientOf(ServerCall& call) noexcept;
  std::vector<ComPtr<ServerObject>> Objects();
  HRESULT Listen(const std::function<HRESULT(CreateObject create)>& do_register);
  HRESULT LockProcess(bool lock) noexcept;

  const CLSID clsid_;
  const bool call_object_;
  const std::shared_ptr<CallHandler> handler_;
  const std::shared_ptr<Ledger> ledger_;
  ClassRegistration registration_;
  std::atomic<bool> watch_is_due_{false};

  Lock mutex_;
  bool keeps_process_ = false;  // set before the first object
  std::size_t locks_ = 0;
  std::unordered_map<ObjectId, ServerObject*> objects_;
};

}  // namespace async_com
