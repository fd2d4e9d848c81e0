#include "testing/double/call_context.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "com/entry.h"
#include "security/thread_token.h"
#include "testing/double/granted_token.h"
#include "testing/double/observed.h"

namespace async_com {

namespace {

void Set(DWORD* out, DWORD value) noexcept {
  if (out != nullptr) {
    *out = value;
  }
}

}  // namespace

void CallContext::Complete() noexcept {
  const std::lock_guard lock(mutex_);
  if (behaviour_ != Behaviour::kNeverCompletes) {
    complete_ = true;
  }
}

void CallContext::BeginReturned() noexcept {
  const std::lock_guard lock(mutex_);
  if (behaviour_ != Behaviour::kKeepsToken) {
    std::ignore = Revert();
  }
}

HRESULT CallContext::RefusalOfCompleteCall() const noexcept {
  return behaviour_ == Behaviour::kRefusesWithFail ? E_FAIL : RPC_E_CALL_COMPLETE;
}

std::vector<CallContext::Impersonator>::iterator CallContext::ThisThread() noexcept {
  return std::find_if(
      impersonators_.begin(), impersonators_.end(),
      [here = GetCurrentThreadId()](const auto& one) { return one.thread_id == here; });
}

HRESULT CallContext::Impersonate() {
  const std::lock_guard lock(mutex_);
  if (complete_) {
    return RefusalOfCompleteCall();
  }
  if (behaviour_ == Behaviour::kImpersonatesNothing) {
    return S_OK;
  }
  const bool first = ThisThread() == impersonators_.end();
  if (first) {
    impersonators_.push_back({GetCurrentThreadId(),
                              std::move(TokenOfThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE).token)});
  }
  const HRESULT put = PutClientTokenOnThisThread(call_, behaviour_);
  if (FAILED(put) && first) {
    std::ignore = Revert();
  }
  return put;
}

// Puts back what was on the thread before the first ImpersonateClient.
HRESULT CallContext::Revert() noexcept {
  const auto here = ThisThread();
  if (here == impersonators_.end()) {
    return S_OK;
  }
  const Token before = std::move(here->before);
  impersonators_.erase(here);
  if (TrySetThisThreadToken(before ? &before : nullptr) != ERROR_SUCCESS) {
    Complain("a thread could not get its token back");
    return E_FAIL;
  }
  return S_OK;
}

HRESULT CallContext::ImpersonateClient() noexcept {
  return Guarded([this] { return Impersonate(); });
}

HRESULT CallContext::RevertToSelf() noexcept {
  const std::lock_guard lock(mutex_);
  return complete_ && behaviour_ == Behaviour::kRevertsNothing ? S_OK : Revert();
}

BOOL CallContext::IsImpersonating() noexcept {
  const std::lock_guard lock(mutex_);
  return behaviour_ == Behaviour::kImpersonatingPerCall ? !impersonators_.empty()
                                                        : ThisThread() != impersonators_.end();
}

HRESULT CallContext::QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                  OLECHAR** server_principal, DWORD* authn_level,
                                  DWORD* impersonation_level, void** privileges,
                                  DWORD* capabilities) noexcept {
  if (server_principal != nullptr) {
    *server_principal = nullptr;
  }
  return Guarded([&] {
    const std::lock_guard lock(mutex_);
    if (complete_) {
      return RPC_E_CALL_COMPLETE;
    }
    ClientBlanket blanket = BlanketOfClient(call_, behaviour_);
    if (FAILED(blanket.result)) {
      return blanket.result;
    }
    Set(authn_service, blanket.authn_service);
    Set(authz_service, RPC_C_AUTHZ_NONE);
    Set(authn_level, blanket.authn_level);
    Set(impersonation_level, RPC_C_IMP_LEVEL_DEFAULT);
    Set(capabilities, EOAC_NONE);
    if (client_.empty()) {
      client_ = std::move(blanket.client);
    }
    if (privileges != nullptr) {
      *privileges = client_.empty() ? nullptr : client_.data();
    }
    return S_OK;
  });
}

}  // namespace async_com
