#include "call/server.h"

#include <chrono>
#include <utility>

#include "call/client_watch.h"
#include "call/object_calls.h"
#include "call/server_object.h"
#include "com/runtime.h"
#include "com/server_process.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// As many as there are Begin_ threads: a call holds one until Begin_ has returned.
constexpr std::size_t kMostCallsInProgress = 400;

}  // namespace

Server::Server(const CLSID& clsid, std::size_t most_calls, bool call_object,
               std::shared_ptr<CallHandler> handler)
    : clsid_(clsid),
      most_calls_(most_calls),
      call_object_(call_object),
      handler_(std::move(handler)) {}

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
    const auto created = MakeCom<ServerObject>(server);
    UsedByCaller(created->Calls(), server);
    return created->QueryInterface(iid, object);
  });
  if (FAILED(registered)) {
    return registered;
  }
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_) {
      return S_OK;
    }
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

void Server::Stop() {
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    idle = !std::exchange(stopped_, true) && calls_.empty();
  }
  if (idle) {
    handler_->Idle();
  }
}

void Server::EndCalls(HRESULT hresult) {
  std::vector<std::shared_ptr<Call>> ending;
  {
    const std::lock_guard lock(mutex_);
    ending.reserve(calls_.size());
    for (const auto& [id, call] : calls_) {
      ending.push_back(call);
    }
  }
  for (const auto& call : ending) {
    call->Complete(CallResult::Failed(hresult));
  }
}

void Server::Disconnect() noexcept {
  registration_.Disconnect();
  for (const auto& object : Objects()) {
    CoDisconnectObject(object->Identity(), 0);
  }
}

void Server::ClientDied(DWORD process) noexcept {
  for (const auto& object : Objects()) {
    if (object->Calls().ClientDied(process)) {
      CoDisconnectObject(object->Identity(), 0);
    }
  }
}

std::vector<ComPtr<ServerObject>> Server::Objects() {
  std::vector<ComPtr<ServerObject>> objects;
  const std::lock_guard lock(mutex_);
  objects.reserve(objects_.size());
  for (ServerObject* object : objects_) {
    if (object->AddRefUnlessGone()) {
      objects.push_back(Adopt(object));
    }
  }
  return objects;
}

bool Server::WaitUntilIdle(DWORD milliseconds) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                        [this] { return calls_.empty(); });
}

std::size_t Server::CallsInProgress() {
  const std::lock_guard lock(mutex_);
  return calls_.size();
}

HRESULT Server::Enter(std::shared_ptr<Call> call) {
  const std::uint64_t id = call->Id();
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) {
      return CO_E_SERVER_STOPPING;
    }
    if (unanswered_ >= most_calls_ || calls_.size() >= kMostCallsInProgress) {
      return RPC_E_SERVERCALL_RETRYLATER;
    }
    calls_.emplace(id, call);
    ++unanswered_;
  }
  if (handler_->Arrived(std::move(call))) {
    return S_OK;
  }
  Answered();
  Leave(id);
  return CO_E_SERVER_STOPPING;
}

void Server::Answered() noexcept {
  const std::lock_guard lock(mutex_);
  --unanswered_;
}

void Server::Leave(std::uint64_t call_id) noexcept {
  std::shared_ptr<Call> gone;
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    const auto known = calls_.find(call_id);
    if (known == calls_.end()) {
      return;
    }
    gone = std::move(known->second);
    calls_.erase(known);
    idle = stopped_ && calls_.empty();
  }
  left_.notify_all();
  if (idle) {
    handler_->Idle();
  }
}

void Server::Add(ServerObject* object) {
  if (keeps_process_ && !ServerProcess::OfProcess().Enter()) {
    throw ComFailure(CO_E_SERVER_STOPPING, "IClassFactory::CreateInstance");
  }
  const std::lock_guard lock(mutex_);
  objects_.insert(object);
}

void Server::Remove(ServerObject* object) noexcept {
  {
    const std::lock_guard lock(mutex_);
    objects_.erase(object);
  }
  if (keeps_process_ && ServerProcess::OfProcess().Leave()) {
    handler_->Unused();
  }
}

}  // namespace async_com
