#include "call/object_calls.h"

#include <algorithm>
#include <vector>

#include "call/call.h"

namespace async_com {

namespace {

// A cancellation overtakes its call by a moment only. This many are one client's calls in a moment.
constexpr std::size_t kMostOvertaken = 256;

}  // namespace

HRESULT ObjectCalls::Enter(const GUID* cancel_id, DWORD client_process,
                           const std::shared_ptr<Call>& call) {
  const std::lock_guard lock(mutex_);
  Entry entry{call, std::nullopt, client_process};
  if (cancel_id != nullptr) {
    entry.cancel_id = *cancel_id;
    const auto overtaken = std::find(overtaken_.begin(), overtaken_.end(), *cancel_id);
    if (overtaken != overtaken_.end()) {
      overtaken_.erase(overtaken);
      return RPC_E_CALL_CANCELED;
    }
    const bool known = std::any_of(calls_.begin(), calls_.end(), [cancel_id](const auto& one) {
      return one.second.cancel_id == *cancel_id;
    });
    if (known) {
      return E_INVALIDARG;
    }
  }
  calls_.emplace(call->Id(), std::move(entry));
  return S_OK;
}

void ObjectCalls::Leave(std::uint64_t call_id) noexcept {
  const std::lock_guard lock(mutex_);
  calls_.erase(call_id);
}

HRESULT ObjectCalls::Cancel(const GUID& cancel_id) {
  std::shared_ptr<Call> call;
  {
    const std::lock_guard lock(mutex_);
    const auto known = std::find_if(calls_.begin(), calls_.end(), [&cancel_id](const auto& one) {
      return one.second.cancel_id == cancel_id;
    });
    if (known == calls_.end()) {
      overtaken_.push_back(cancel_id);
      if (overtaken_.size() > kMostOvertaken) {
        overtaken_.pop_front();
      }
      return S_FALSE;
    }
    call = known->second.call.lock();
  }
  if (call == nullptr) {
    return S_FALSE;
  }
  call->Cancel(RPC_E_CALL_CANCELED);
  return S_OK;
}

bool ObjectCalls::AddClient(DWORD process) {
  const std::lock_guard lock(mutex_);
  return clients_.insert(process).second;
}

bool ObjectCalls::ClientDied(DWORD process) noexcept {
  std::vector<std::shared_ptr<Call>> calls;
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    if (clients_.erase(process) == 0) {
      return false;
    }
    last = clients_.empty();
    for (const auto& [id, entry] : calls_) {
      if (entry.client_process == process) {
        if (auto call = entry.call.lock()) {
          calls.push_back(std::move(call));
        }
      }
    }
  }
  for (const auto& call : calls) {
    call->Cancel(RPC_E_CLIENT_DIED);
  }
  return last;
}

}  // namespace async_com
