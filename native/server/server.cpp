#include "server/server.h"

#include <utility>

#include "com/runtime.h"
#include "com/win32_error.h"
#include "com/wine.h"
#include "security/rpc_call.h"
#include "server/bridge.h"
#include "server/client_watch.h"
#include "server/server_call.h"
#include "server/server_object.h"
#include "server/server_process.h"

namespace async_com {

std::shared_ptr<Server> Server::Create(const CLSID& clsid, std::size_t most_calls, bool call_object,
                                       std::shared_ptr<CallHandler> handler,
                                       std::shared_ptr<const ObjectClass> object_class,
                                       bool creates) {
  return std::shared_ptr<Server>(new Server(clsid, most_calls, call_object, std::move(handler),
                                            std::move(object_class), creates));
}

Server::Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
               std::shared_ptr<CallHandler> handler,
               std::shared_ptr<const ObjectClass> object_class, bool creates)
    : clsid_(clsid),
      call_object_(call_object),
      object_class_(std::move(object_class)),
      creates_(creates),
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
    return server->CreateInstance(iid, object);
  });
  if (FAILED(registered)) {
    return registered;
  }
  if (!ledger_->IsStopped()) {
    return S_OK;
  }
  // The server was stopped meanwhile. Disconnect may have come before there was anything to revoke.
  registration_.Disconnect();
  return CO_E_SERVER_STOPPING;
}

HRESULT Server::CreateInstance(REFIID iid, void** object) {
  const auto created = make_server_object(shared_from_this());
  // Nobody would get the object, and nobody would release it.
  if (!IsUsedBy(created->Id(), RpcCall::OfThisThread()->GetClient(), FileTimeNow())) {
    return RPC_E_CLIENT_DIED;
  }
  if (creates_) {
    const CallResult answer = CallThroughBridge(
        *created.Get(),
        ServerCall::Origin(nullptr, nullptr, nullptr, Access::kCreate, created->Target()));
    if (FAILED(answer.hresult)) {
      return answer.hresult;
    }
    if (FAILED(answer.handler_error)) {
      return answer.handler_error;
    }
  }
  return created->QueryInterface(iid, object);
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
    // The client unlocks without having locked.
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
    object->Disconnect();
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
  const HRESULT admitted = ledger_->Admit(
      {call, call->Id(), call->Object(), call->CancelId(), call->ArrivedAt()}, admission);
  if (FAILED(admitted)) {
    return admitted;
  }
  call->AdmittedBy(std::move(admission));
  WatchClientIfNew(*call);
  // A client with a cancel id says itself that it cancels, and needs no notification.
  if (!call->CancelId()) {
    SubscribeToNotifications(*call);
  }
  return handler_->Arrived(call) ? S_OK : CO_E_SERVER_STOPPING;
}

HRESULT Server::Cancel(ObjectId object, const GUID& cancel_id) {
  const auto call = ledger_->CancelledCall(object, cancel_id);
  if (call == nullptr) {
    return S_FALSE;
  }
  call->Cancel(RPC_E_CALL_CANCELED);
  return S_OK;
}

// The client's process is not asked for with most calls. It is asked for with the first call on a
// connection, so that an object is not taken from a client that got it from another client. It is
// also asked for with calls that last, and with calls that are signalled while their handlers go
// on.
void Server::WatchClientIfNew(ServerCall& call) noexcept {
  bool is_new = false;
  try {
    is_new = ledger_->IsNewConnection(call.Object(), call.GetRpcCall().Connection());
  } catch (...) {
    // Out of memory. That is no reason to refuse a call.
  }
  if (is_new) {
    WatchClientOf(call);
  }
  PlanWatch();
}

void Server::WatchClientOf(ServerCall& call) noexcept {
  const RpcCall::Client client = call.GetRpcCall().GetClient();
  // No process is there to be watched.
  if (client.kind == RpcCall::Client::Kind::kElsewhere) {
    SubscribeToNotifications(call);
  }
  // Noted first, because ClientDied may be called as soon as the process is watched.
  if (!ledger_->SetClient(call.Id(), client.process_id)) {
    return;
  }
  try {
    if (!IsUsedBy(call.Object(), client, call.ArrivedAt())) {
      call.Cancel(RPC_E_CLIENT_DIED);
    }
  } catch (...) {
    // Out of memory, or the process cannot be watched now. WatchClientsOfLastingCalls tries again.
    ledger_->ForgetClient(call.Id());
  }
}

void Server::SubscribeToNotifications(ServerCall& call) noexcept {
  try {
    call.GetRpcCall().Subscribe([weak = call.weak_from_this()](RPC_NOTIFICATIONS notification) {
      if (const auto notified = weak.lock()) {
        notified->Cancel(notification == RpcNotificationCallCancel ? RPC_E_CALL_CANCELED
                                                                   : RPC_E_CLIENT_DIED);
      }
    });
  } catch (...) {
    // Out of memory, or no thread is available. The handler is not told.
  }
}

void Server::PlanWatch() noexcept {
  if (watch_is_due_.exchange(true)) {
    return;
  }
  try {
    WatchLastingCalls(shared_from_this());
  } catch (...) {
    // Out of memory, or no timer. The next call tries again.
    watch_is_due_ = false;
  }
}

void Server::WatchClientsOfLastingCalls() noexcept {
  watch_is_due_ = false;
  try {
    for (const auto& call : ledger_->CallsWithoutClient(BeforeLasting())) {
      WatchClientOf(*call);
    }
  } catch (...) {
    // Out of memory. The next look tries again.
  }
  if (ledger_->HasCallsWithoutClient()) {
    PlanWatch();
  }
}

bool Server::IsUsedBy(ObjectId object, const RpcCall::Client& client, FileTime alive_at) {
  switch (client.kind) {
    case RpcCall::Client::Kind::kNone:
      return true;
    case RpcCall::Client::Kind::kGone:
      return false;
    case RpcCall::Client::Kind::kElsewhere:
      ledger_->AddClient(object, Ledger::kElsewhere);
      return true;
    case RpcCall::Client::Kind::kProcess:
      break;
  }
  // Added first, because ClientDied may be called as soon as the process is watched.
  const bool added = ledger_->AddClient(object, client.process_id);
  const ClientState state = WatchClient(client.process_id, shared_from_this(), alive_at);
  if (added && state == ClientState::kGone) {
    ledger_->RemoveClient(object, client.process_id);
  }
  return state == ClientState::kAlive;
}

void Server::ClientDied(DWORD process) noexcept {
  Ledger::Left left;
  try {
    left = ledger_->ClientDied(process);
  } catch (...) {
    // Out of memory. The calls go on, and the client's references stay until the server closes.
    return;
  }
  for (const auto& call : left.calls) {
    call->Cancel(RPC_E_CLIENT_DIED);
  }
  // COM takes back the references of that process itself. Disconnecting would also end the
  // reference of a process that was handed one and has not called yet.
  if (com_runs_down_references()) {
    return;
  }
  for (const ObjectId id : left.unused) {
    if (const auto object = FindObject(id)) {
      object->Disconnect();
    }
  }
}

ComPtr<ServerObject> Server::NewObject(std::shared_ptr<const ObjectClass> object_class,
                                       const ServerCall* call) {
  auto created = MakeCom<ServerObject>(shared_from_this(), std::move(object_class));
  if (call != nullptr &&
      !IsUsedBy(created->Id(), call->GetRpcCall().GetClient(), call->ArrivedAt())) {
    throw ComFailure(RPC_E_CLIENT_DIED, "IUnknown::QueryInterface");
  }
  return created;
}

ComPtr<ServerObject> Server::FindObject(ObjectId id) {
  const std::lock_guard lock(mutex_);
  const auto known = objects_.find(id);
  return known != objects_.end() && known->second->AddRefUnlessGone() ? Adopt(known->second)
                                                                      : nullptr;
}

ObjectId Server::Add(ServerObject* object) {
  if (keeps_process_ && !ServerProcess::OfProcess().Enter()) {
    throw ComFailure(CO_E_SERVER_STOPPING, "IClassFactory::CreateInstance");
  }
  try {
    const ObjectId id = ledger_->AddObject();
    const std::lock_guard lock(mutex_);
    objects_.emplace(id, object);
    return id;
  } catch (...) {
    // Remove is not called for an object that was not added.
    if (keeps_process_ && ServerProcess::OfProcess().Leave()) {
      handler_->Unused();
    }
    throw;
  }
}

void Server::Remove(ServerObject* object) noexcept {
  ledger_->RemoveObject(object->Id());
  {
    const std::lock_guard lock(mutex_);
    objects_.erase(object->Id());
  }
  if (creates_ || object->Target().object_class != object_class_) {
    handler_->Released(object->Id());
  }
  if (keeps_process_ && ServerProcess::OfProcess().Leave()) {
    handler_->Unused();
  }
}

}  // namespace async_com
