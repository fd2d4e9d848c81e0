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
#include "server/object_class.h"

namespace async_com {

class ServerCall;
class ServerObject;

// Receives the calls of a server. Any thread may call it.
class CallHandler {
 public:
  virtual ~CallHandler() = default;

  // Called when a call has arrived. Returns false if nobody can answer it any more.
  virtual bool Arrived(std::shared_ptr<ServerCall> call) noexcept = 0;

  // Called when a call was cancelled, perhaps before it has arrived. ServerCall::Cancelled says
  // why.
  virtual void Cancelled(std::shared_ptr<ServerCall> call) noexcept = 0;

  // Called when the last reference to an object was released, if JavaScript has made the object.
  virtual void Released(ObjectId) noexcept {}

  // Called after Server::Stop, when no call is in progress any more.
  virtual void Idle() noexcept = 0;

  // Called in a process that COM has started, when its last object or lock was released and nothing
  // is in use.
  virtual void Unused() noexcept = 0;
};

// One class of server objects. NodeServer, the objects and the calls share it. Any thread may call
// its functions, unless they say otherwise.
class Server : public std::enable_shared_from_this<Server> {
 public:
  // Without `call_object` the server's objects make no server call object for IMethodCall. COM then
  // makes every call a synchronous one. With `creates` the handler is called (Access::kCreate) when
  // a client creates an object, and is told when the object is released.
  static std::shared_ptr<Server> Create(
      const CLSID& clsid, std::size_t most_calls, bool call_object,
      std::shared_ptr<CallHandler> handler,
      std::shared_ptr<const ObjectClass> object_class = ObjectClass::OfMethods({}),
      bool creates = false);

  // Called on a worker thread. Registers the class object.
  HRESULT Listen();
  // Does the same in a process that COM has started: see ServerProcess and CoResumeClassObjects.
  HRESULT ListenSuspended();
  // Called on a worker thread. From now on COM gives the class object to no client. A client that
  // already has it keeps it.
  HRESULT Revoke() noexcept { return registration_.Revoke(); }
  // Refuses calls from now on with CO_E_SERVER_STOPPING. CallHandler::Idle follows, at once or when
  // the last call has ended.
  void Stop() { ledger_->Stop(); }
  // Ends every call in progress with `hresult`.
  void EndCalls(HRESULT hresult);
  // Called on a worker thread. Revokes the class object and disconnects the clients from the
  // objects.
  void Disconnect() noexcept;
  // Waits until no call is in progress. Returns false if the time is over first.
  bool WaitUntilIdle(DWORD milliseconds) { return ledger_->WaitUntilIdle(milliseconds); }
  std::size_t CallsInProgress() { return ledger_->Count(); }

  bool HasCallObject() const noexcept { return call_object_; }
  // The class of the objects that clients create.
  const std::shared_ptr<const ObjectClass>& Class() const noexcept { return object_class_; }

  // Called on the RPC thread that brought the call. Admits the call and gives it to the handler.
  HRESULT Take(const std::shared_ptr<ServerCall>& call);
  // Does the work of ICallCancellation::CancelCall. Returns S_FALSE if there is no such call. One
  // that comes later is then refused.
  HRESULT Cancel(ObjectId object, const GUID& cancel_id);
  void Cancelled(std::shared_ptr<ServerCall> call) noexcept {
    handler_->Cancelled(std::move(call));
  }

  // Watches the clients of calls that have lasted for a while. Plans to be called again if there
  // are calls whose clients are not watched yet.
  void WatchClientsOfLastingCalls() noexcept;
  // Watches the client of a call, if it is not watched yet. Cancels the call if the client's
  // process has already ended. Must be called before the RPC call is closed.
  void WatchClientOf(ServerCall& call) noexcept;
  // Called on a worker thread when a client's process has ended. Cancels its calls. If COM does not
  // take back the process's references, this also disconnects the objects that no other client has
  // used.
  void ClientDied(DWORD process) noexcept;

  // Makes an object of a class for the client of a call, or for nobody in particular. Throws
  // ComFailure if the client's process has ended.
  ComPtr<ServerObject> NewObject(std::shared_ptr<const ObjectClass> object_class,
                                 const ServerCall* call);
  // Returns null if the object's last reference has been released.
  ComPtr<ServerObject> FindObject(ObjectId id);

  // For ServerObject. The server holds its objects weakly, to disconnect them. Add throws
  // ComFailure if the process takes no more objects.
  ObjectId Add(ServerObject* object);
  void Remove(ServerObject* object) noexcept;

 private:
  Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
         std::shared_ptr<CallHandler> handler, std::shared_ptr<const ObjectClass> object_class,
         bool creates);

  // Notes that the client uses the object, and watches its process. Returns false if the process
  // has already ended. Throws if it cannot be watched now.
  bool IsUsedBy(ObjectId object, const RpcCall::Client& client, FileTime alive_at);
  void WatchClientIfNew(ServerCall& call) noexcept;
  // Has RPC tell this server if the client cancels the call or disconnects.
  static void SubscribeToNotifications(ServerCall& call) noexcept;
  // Plans a call of WatchClientsOfLastingCalls, unless one is planned.
  void PlanWatch() noexcept;
  std::vector<ComPtr<ServerObject>> Objects();
  HRESULT Listen(const std::function<HRESULT(CreateObject create)>& do_register);
  HRESULT LockProcess(bool lock) noexcept;
  // Makes an object for the client whose RPC call runs on this thread.
  HRESULT CreateInstance(REFIID iid, void** object);

  const CLSID clsid_;
  const bool call_object_;
  const std::shared_ptr<const ObjectClass> object_class_;
  const bool creates_;
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
