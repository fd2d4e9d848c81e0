#include "server/ledger.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include "threads/thread_pool.h"

namespace async_com {

namespace {

// A cancellation comes only a moment before the call that it overtakes. One client does not make
// more calls than this in that moment.
constexpr std::size_t kMostOvertaken = 256;
// More connections than an object has at a time. RPC may use the address of a closed connection for
// another one, so what was seen long ago is of no use.
constexpr std::size_t kMostConnections = 1024;

std::atomic<std::size_t> calls_in_process{0};

}  // namespace

Ledger::Admission& Ledger::Admission::operator=(Admission&& other) noexcept {
  if (this != &other) {
    Leave();
    ledger_ = std::move(other.ledger_);
    call_ = other.call_;
  }
  return *this;
}

void Ledger::Admission::Answered() noexcept {
  if (ledger_ != nullptr) {
    ledger_->Answered(call_);
  }
}

void Ledger::Admission::Leave() noexcept {
  if (const auto ledger = std::exchange(ledger_, nullptr)) {
    ledger->Leave(call_);
  }
}

Ledger::Ledger(std::size_t most_unanswered, std::function<void()> idle)
    : most_unanswered_(most_unanswered), idle_(std::move(idle)) {}

ObjectId Ledger::AddObject() {
  const std::lock_guard lock(mutex_);
  objects_.emplace(++last_object_, Object());
  return last_object_;
}

void Ledger::RemoveObject(ObjectId object) noexcept {
  const std::lock_guard lock(mutex_);
  objects_.erase(object);
}

const Ledger::Entry* Ledger::Find(ObjectId object, const GUID& cancel_id) const {
  const auto found = std::find_if(calls_.begin(), calls_.end(), [&](const auto& one) {
    const Arrival& arrival = one.second.arrival;
    return arrival.object == object && arrival.cancel_id == cancel_id;
  });
  return found == calls_.end() ? nullptr : &found->second;
}

HRESULT Ledger::Admit(Arrival arrival, Admission& admission) {
  const std::lock_guard lock(mutex_);
  if (stopped_) {
    return CO_E_SERVER_STOPPING;
  }
  const auto object = objects_.find(arrival.object);
  if (const auto& cancel_id = arrival.cancel_id; cancel_id && object != objects_.end()) {
    auto& overtaken = object->second.overtaken;
    const auto cancelled = std::find(overtaken.begin(), overtaken.end(), *cancel_id);
    if (cancelled != overtaken.end()) {
      overtaken.erase(cancelled);
      return RPC_E_CALL_CANCELED;
    }
    if (Find(arrival.object, *cancel_id) != nullptr) {
      return E_INVALIDARG;
    }
  }
  if (unanswered_ >= most_unanswered_) {
    return RPC_E_SERVERCALL_RETRYLATER;
  }
  if (calls_in_process.fetch_add(1) >= ThreadPool::kMostBeginThreads) {
    --calls_in_process;
    return RPC_E_SERVERCALL_RETRYLATER;
  }
  const std::uint64_t id = arrival.id;
  try {
    calls_.emplace(id, Entry{std::move(arrival), false, std::nullopt});
  } catch (...) {
    --calls_in_process;
    throw;
  }
  ++unanswered_;
  admission = Admission(shared_from_this(), id);
  return S_OK;
}

void Ledger::Answered(std::uint64_t call) noexcept {
  const std::lock_guard lock(mutex_);
  if (const auto known = calls_.find(call); known != calls_.end()) {
    unanswered_ -= std::exchange(known->second.answered, true) ? 0 : 1;
  }
}

void Ledger::Leave(std::uint64_t call) noexcept {
  std::shared_ptr<ServerCall> gone;
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    const auto known = calls_.find(call);
    if (known == calls_.end()) {
      return;
    }
    unanswered_ -= known->second.answered ? 0 : 1;
    gone = std::move(known->second.arrival.call);
    calls_.erase(known);
    --calls_in_process;
    idle = stopped_ && calls_.empty();
  }
  left_.notify_all();
  if (idle) {
    idle_();
  }
}

std::shared_ptr<ServerCall> Ledger::CancelledCall(ObjectId object, const GUID& cancel_id) {
  const std::lock_guard lock(mutex_);
  if (const Entry* const known = Find(object, cancel_id)) {
    return known->arrival.call;
  }
  if (const auto its = objects_.find(object); its != objects_.end()) {
    auto& overtaken = its->second.overtaken;
    overtaken.push_back(cancel_id);
    if (overtaken.size() > kMostOvertaken) {
      overtaken.pop_front();
    }
  }
  return nullptr;
}

bool Ledger::IsNewConnection(ObjectId object, const void* connection) {
  const std::lock_guard lock(mutex_);
  const auto known = objects_.find(object);
  if (known == objects_.end()) {
    return false;
  }
  auto& connections = known->second.connections;
  if (connections.size() >= kMostConnections) {
    connections.clear();
  }
  return connections.insert(connection).second;
}

bool Ledger::AddClient(ObjectId object, DWORD process) {
  const std::lock_guard lock(mutex_);
  const auto known = objects_.find(object);
  return known != objects_.end() && known->second.clients.insert(process).second;
}

void Ledger::RemoveClient(ObjectId object, DWORD process) noexcept {
  const std::lock_guard lock(mutex_);
  if (const auto known = objects_.find(object); known != objects_.end()) {
    known->second.clients.erase(process);
  }
}

std::vector<std::shared_ptr<ServerCall>> Ledger::CallsWithoutClient(FileTime begun_before) {
  std::vector<std::shared_ptr<ServerCall>> calls;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, entry] : calls_) {
    if (!entry.client && entry.arrival.arrived_at < begun_before) {
      calls.push_back(entry.arrival.call);
    }
  }
  return calls;
}

bool Ledger::HasCallsWithoutClient() noexcept {
  const std::lock_guard lock(mutex_);
  return std::any_of(calls_.begin(), calls_.end(),
                     [](const auto& one) { return !one.second.client; });
}

bool Ledger::SetClient(std::uint64_t call, DWORD process) noexcept {
  const std::lock_guard lock(mutex_);
  const auto known = calls_.find(call);
  if (known == calls_.end() || known->second.client) {
    return false;
  }
  known->second.client = process;
  return true;
}

void Ledger::ForgetClient(std::uint64_t call) noexcept {
  const std::lock_guard lock(mutex_);
  if (const auto known = calls_.find(call); known != calls_.end()) {
    known->second.client.reset();
  }
}

Ledger::Left Ledger::ClientDied(DWORD process) {
  Left left;
  const std::lock_guard lock(mutex_);
  for (auto& [id, object] : objects_) {
    // RPC may use the addresses of the process's connections for others now.
    object.connections.clear();
    if (object.clients.erase(process) != 0 && object.clients.empty()) {
      left.unused.push_back(id);
    }
  }
  for (const auto& [id, entry] : calls_) {
    if (entry.client == process) {
      left.calls.push_back(entry.arrival.call);
    }
  }
  return left;
}

bool Ledger::Stop() noexcept {
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(stopped_, true)) {
      return false;
    }
    idle = calls_.empty();
  }
  if (idle) {
    idle_();
  }
  return true;
}

bool Ledger::IsStopped() noexcept {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

std::vector<std::shared_ptr<ServerCall>> Ledger::Calls() {
  std::vector<std::shared_ptr<ServerCall>> calls;
  const std::lock_guard lock(mutex_);
  calls.reserve(calls_.size());
  for (const auto& [id, entry] : calls_) {
    calls.push_back(entry.arrival.call);
  }
  return calls;
}

std::size_t Ledger::Count() noexcept {
  const std::lock_guard lock(mutex_);
  return calls_.size();
}

bool Ledger::WaitUntilIdle(DWORD milliseconds) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                        [this] { return calls_.empty(); });
}

}  // namespace async_com
