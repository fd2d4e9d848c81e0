#include "testing/faulty_functions.h"

#include <windows.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "com/handle.h"
#include "com/lock.h"
#include "com/process_security.h"
#include "security/blanket.h"
#include "security/clean_thread.h"
#include "security/token_duplicate.h"
#include "server/server_call.h"
#include "testing/fault.h"

namespace async_com {

namespace {

thread_local bool keeps_token = false;

// Milliseconds. kLate is longer than CALL-14 waits for the answer.
constexpr DWORD kLate = 2000;
constexpr DWORD kSoon = 50;

ThreadCleaning LeaveTokenOnce() {
  if (!std::exchange(keeps_token, false)) {
    return CleanThreadOrEndProcess();
  }
  return {DescribeTokenOfThisThread(), DescribeTokenOfThisThread()};
}

Lock mutex;
std::vector<std::weak_ptr<Token>> duplicates;

decltype(duplicate_thread_token)::Function real_duplicate = nullptr;

std::shared_ptr<Token> DuplicateAndRemember(std::optional<SECURITY_IMPERSONATION_LEVEL> level) {
  auto token = real_duplicate(level);
  const std::lock_guard lock(mutex);
  duplicates.push_back(token);
  return token;
}

// Of two Signals at once, the first runs late, and the second returns meanwhile.
HRESULT SignalLate(ServerCall& call) {
  static const UniqueHandle second(CreateEventW(nullptr, FALSE, FALSE, nullptr));
  static std::atomic<ServerCall*> signalling{nullptr};
  if (signalling.exchange(&call) == &call) {
    SetEvent(second.Get());
    return S_OK;
  }
  if (WaitForSingleObject(second.Get(), kSoon) == WAIT_OBJECT_0) {
    Sleep(kLate);
  }
  const HRESULT result = call.SignalHere();
  signalling = nullptr;
  return result;
}

HRESULT FailSecondSignal(ServerCall& call) {
  if (FaultIs(Fault::kSecondSignalReturnsEarly)) {
    return SignalLate(call);
  }
  const bool again = call.IsSignalled();
  const HRESULT result = call.SignalHere();
  return again && FaultIs(Fault::kSecondSignalFails) ? E_FAIL : result;
}

decltype(query_client_blanket)::Function real_query = nullptr;

Blanket QueryWrongBlanket(IServerSecurity* security) {
  Blanket blanket = real_query(security);
  if (FaultIs(Fault::kWrongClientBlanket)) {
    blanket.authn_service = RPC_C_AUTHN_NONE;
    blanket.authn_level = RPC_C_AUTHN_LEVEL_NONE;
  }
  return blanket;
}

decltype(initialize_security)::Function real_initialize = nullptr;

HRESULT LetAnybodyCall(const ProcessSecurity& security) {
  ProcessSecurity told = security;
  if (FaultIs(Fault::kLetAnybodyCall)) {
    told.access_permissions.reset();
  }
  return real_initialize(told);
}

}  // namespace

void InstallFaultyFunctions() noexcept {
  clean_thread.Replace(LeaveTokenOnce);
  real_duplicate = duplicate_thread_token.Replace(DuplicateAndRemember);
  signal_server_call.Replace(FailSecondSignal);
  real_query = query_client_blanket.Replace(QueryWrongBlanket);
  real_initialize = initialize_security.Replace(LetAnybodyCall);
}

void KeepTokenOnce() noexcept { keeps_token = true; }

void EmptyDuplicates() noexcept {
  const std::lock_guard lock(mutex);
  for (const auto& duplicate : duplicates) {
    if (const auto token = duplicate.lock()) {
      *token = Token();
    }
  }
  duplicates.clear();
}

}  // namespace async_com
