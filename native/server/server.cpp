#include "server/server.h"

#include <utility>

#include "com/runtime.h"
#include "com/win32_error.h"
#include "security/rpc_call.h"
#include "server/client_watch.h"
#include "server/server_call.h"
#include "server/server_object.h"
#include "server/server_process.h"

namespace async_com {

std::shared_ptr<Server> Server::Create(const CLSID& clsid, std::size_t most_calls, bool call_object,
                                       std::shared_ptr<CallHandler> handler) {
  return std::shared_ptr<Server>(new Server(clsid, most_calls, call_object, std::move(handler)));
}

Server::Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
               std::shared_ptr<CallHandler> handler)
    : clsid_(clsid),
      call_object_(call_object),
      handler_(std::move(handler)),
      ledger_(std::make_shared<Ledger>(most_calls, [told = handler_] { told->Idle(); })) {}

HRESULT Server::Listen() {
  return Listen(
      [this](CreateObject create) { return registration_.Register(clsid_, std::move(create)); });
}

HRESULT Server::ListenSuspended() {
  return Listen([this](CreateObject create) {
    keeps_process_ = true;
    ServerProcess::OfProcess().Open();
    return registration_.RegisterSuspended(
        clsid_, std::move(create),
        [server = shared_from_this()](bool lock) { return server->LockProcess(lock); });
  });
}

HRESULT Server::Listen(const std::function<HRESULT(CreateObject create)>& do_register) {
  const HRESULT started = StartComRuntime();
  if (FAILED(started)) {
    return started;
  }
  const HRESULT registered = do_register([server = shared_from_this()](REFIID iid, void** object) {
    const auto created = make_server_object(server);
    const auto client = RpcCall::OfThisThread()->ClientProcess();
    if (client && client->process_id != 0 &&
        server->ledger_->AddClient(created->Id(), client->process_id)) {
      WatchClient(client->process_id, server);
    }
    return created->QueryInterface(iid, object);
  });
  if (FAILED(registered)) {
    return registered;
  }
  if (!ledger_->IsStopped()) {
    return S_OK;
  }
  // Stopped meanwhile: Disconnect may have come before there was anything to revoke.
  registration_.Disconnect();
  return CO_E_SERVER_STOPPING;
}

HRESULT Server::LockProcess(bool lock) noexcept {
  if (lock) {
    if (!ServerProcess::OfProcess().Enter()) {
      return CO_E_SERVER_STOPPING;
    }
    const std::lock_guard guard(mutex_);
    ++locks_;
    return S_OK;
  }
  {
    const std::lock_guard guard(mutex_);
    // A client that unlocks what nobody has locked.
    if (locks_ == 0) {
      return E_UNEXPECTED;
    }
    --locks_;
  }
  if (ServerProcess::OfProcess().Leave()) {
    handler_->Unused();
  }
  return S_OK;
}

void Server::EndCalls(HRESULT hresult) {
  for (const auto& call : ledger_->Calls()) {
    call->Complete(CallResult::Failed(hresult));
  }
}

void Server::Disconnect() noexcept {
  registration_.Disconnect();
  for (const auto& object : Objects()) {
    CoDisconnectObject(object->Identity(), 0);
  }
}

std::vector<ComPtr<ServerObject>> Server::Objects() {
  std::vector<ComPtr<ServerObject>> objects;
  const std::lock_guard lock(mutex_);
  objects.reserve(objects_.size());
  for (const auto& [id, object] : objects_) {
    if (object->AddRefUnlessGone()) {
      objects.push_back(Adopt(object));
    }
  }
  return objects;
}

HRESULT Server::Take(const std::shared_ptr<ServerCall>& call) {
  Ledger::Admission admission;
  const HRESULT admitted = ledger_->Admit(call, admission);
  if (FAILED(admitted)) {
    return admitted;
  }
  // Of most calls nobody asks whose they are: only of the first on a connection, so that an object
  // is not taken from a client that was handed it by another one, and of those that last.
  if (ledger_->IsNewConnection(call->Object(), call->GetRpcCall().Connection())) {
    const auto client = call->GetRpcCall().ClientProcess();
    if (client && client->process_id != 0 &&
        ledger_->AddClient(call->Object(), client->process_id)) {
      WatchClient(client->process_id, shared_from_this());
    }
  }
  call->AdmittedBy(std::move(admission));
  if (!watch_is_due_.exchange(true)) {
    WatchLastingCalls(shared_from_this());
  }
  if (!handler_->Arrived(call)) {
    call->Refused();
    return CO_E_SERVER_STOPPING;
  }
  return S_OK;
}

bool Server::WatchClientsOfLastingCalls() {
  watch_is_due_ = false;
  for (const auto& call : ledger_->CallsWithoutClient(BeforeLasting())) {
    const auto client = call->GetRpcCall().ClientProcess();
    const DWORD process = client ? client->process_id : 0;
    ledger_->ClientOf(*call, process);
    if (!client) {
      continue;
    }
    if (process == 0) {
      call->Cancel(RPC_E_CLIENT_DIED);
      continue;
    }
    ledger_->AddClient(call->Object(), process);
    if (!WatchClient(process, shared_from_this(), call->ArrivedAt())) {
      call->Cancel(RPC_E_CLIENT_DIED);
    }
  }
  return ledger_->HasCallsWithoutClient() && !watch_is_due_.exchange(true);
}

void Server::ClientDied(DWORD process) noexcept {
  std::vector<ObjectId> unused;
  try {
    unused = ledger_->ClientDied(process);
  } catch (...) {
    // No memory: the calls go on, and the references stay until the server closes.
    return;
  }
  for (const ObjectId id : unused) {
    ComPtr<ServerObject> object;
    {
      const std::lock_guard lock(mutex_);
      const auto known = objects_.find(id);
      if (known != objects_.end() && known->second->AddRefUnlessGone()) {
        object = Adopt(known->second);
      }
    }
    if (object != nullptr) {
      CoDisconnectObject(object->Identity(), 0);
    }
  }
}

ObjectId Server::Add(ServerObject* object) {
  if (keeps_process_ && !ServerProcess::OfProcess().Enter()) {
    throw ComFailure(CO_E_SERVER_STOPPING, "IClassFactory::CreateInstance");
  }
  const ObjectId id = ledger_->AddObject();
  const std::lock_guard lock(mutex_);
  objects_.emplace(id, object);
  return id;
}

void Server::Remove(ServerObject* object) noexcept {
  ledger_->RemoveObject(object->Id());
  {
    const std::lock_guard lock(mutex_);
    objects_.erase(object->Id());
  }
  if (keeps_process_ && ServerProcess::OfProcess().Leave()) {
    handler_->Unused();
  }
}

}  // namespace async_com
