#pragma once

#include <windows.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "com/lock.h"

namespace async_com {

class Call;

// The calls in progress on one server object, so that their clients can cancel them, and the
// processes that made them, so that a client which disappears does too.
class ObjectCalls {
 public:
  // A call begins. RPC_E_CALL_CANCELED: its cancellation has overtaken it. E_INVALIDARG: the object
  // has a call with this id already. `cancel_id` may be null.
  HRESULT Enter(const GUID* cancel_id, DWORD client_process, const std::shared_ptr<Call>& call);
  void Leave(std::uint64_t call_id) noexcept;

  // ICallCancellation::CancelCall.
  HRESULT Cancel(const GUID& cancel_id);

  // Somebody in that process uses the object. False when that was known.
  bool AddClient(DWORD process);
  // The process has ended: its calls are cancelled. True when no other process used the object.
  bool ClientDied(DWORD process) noexcept;

 private:
  struct Entry {
    std::weak_ptr<Call> call;
    std::optional<GUID> cancel_id;
    DWORD client_process = 0;
  };

  Lock mutex_;
  std::unordered_map<std::uint64_t, Entry> calls_;
  std::unordered_set<DWORD> clients_;
  // Cancelled before they came; the oldest are forgotten.
  std::deque<GUID> overtaken_;
};

}  // namespace async_com
