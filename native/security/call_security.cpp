#include "security/call_security.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "call/fault.h"
#include "com/entry.h"
#include "security/clean_thread.h"
#include "security/fault_effects.h"

namespace async_com {

// {6F2E4C0B-7A55-4E1C-9B7D-2D8C3F1A9E64}
const IID CallSecurity::kIid = {
    0x6f2e4c0b, 0x7a55, 0x4e1c, {0x9b, 0x7d, 0x2d, 0x8c, 0x3f, 0x1a, 0x9e, 0x64}};

namespace {

// Access enough to put a token back on a thread.
constexpr DWORD kRestoreAccess = TOKEN_QUERY | TOKEN_IMPERSONATE;

// A thread that cannot have its own token back would run on as somebody else.
void PutBackOnThisThread(const Token& token) noexcept {
  if (TrySetThisThreadToken(token ? &token : nullptr) != ERROR_SUCCESS) {
    EndProcessForForeignToken();
  }
}

}  // namespace

CallSecurity* CallSecurity::From(IUnknown* context) noexcept {
  void* ours = nullptr;
  if (context == nullptr || FAILED(context->QueryInterface(kIid, &ours))) {
    return nullptr;
  }
  auto* const security = static_cast<CallSecurity*>(ours);
  security->Release();
  return security;
}

CallSecurity::CallSecurity(std::unique_ptr<ClientIdentity> identity)
    : identity_(std::move(identity)) {}

CallSecurity::~CallSecurity() {
  ImpersonatingAnywhere(-static_cast<int>(impersonators_.size()));
  ForgetCall(this);
}

void CallSecurity::BeginStarts() noexcept { begin_thread_ = GetCurrentThreadId(); }

void CallSecurity::BeginReturned() noexcept {
  begin_thread_ = 0;
  if (FaultIs(Fault::kCloseGateAtBeginReturn)) {
    gate_.Close();
  }
}

bool CallSecurity::IsBeginThread() const noexcept { return begin_thread_ == GetCurrentThreadId(); }

void CallSecurity::CallSignalled() noexcept {
  NoteSignal(this, IsBeginThread());
  if (FaultIs(Fault::kImpersonateAfterSignal) && IsBeginThread()) {
    return;
  }
  if (FaultIs(Fault::kImpersonateAfterForeignSignal) && begin_thread_ != 0 && !IsBeginThread()) {
    return;
  }
  gate_.Close();
  // COM's own context is the call's, and is over with it. Nobody is inside who would use it.
  identity_.reset();
  if (FaultIs(Fault::kEmptyDuplicateAtSignal)) {
    EmptyDuplicates();
  }
  if (FaultIs(Fault::kDropTokenAtSignal) && IsBeginThread()) {
    std::ignore = TrySetThisThreadToken(nullptr);
  }
}

std::vector<CallSecurity::Impersonator>::iterator CallSecurity::Find(DWORD thread_id) noexcept {
  return std::find_if(impersonators_.begin(), impersonators_.end(),
                      [thread_id](const auto& one) { return one.thread_id == thread_id; });
}

HRESULT CallSecurity::Impersonate() {
  const Gate::Entry entry(gate_);
  if (!entry) {
    return RPC_E_CALL_COMPLETE;
  }
  if (FaultIs(Fault::kBindSecurityToThread) && begin_thread_ != 0 && !IsBeginThread()) {
    return RPC_E_WRONG_THREAD;
  }
  ThreadTokenSighting here = LookAtThisThread(kRestoreAccess);
  if (here.IsAnonymous() && IsImpersonating()) {
    // Its own doing: a token at anonymous level cannot be opened, and is there.
    return S_OK;
  }
  if (!here.IsAbsent() && !here.IsPresent()) {
    // What cannot be had could not be put back either.
    throw Win32Error(here.error, here.failed);
  }
  Token before = std::move(here.token);
  // Bare first: only then does a token found afterwards prove that this impersonation put it there.
  SetThisThreadToken(nullptr);
  HRESULT result = FaultIs(Fault::kImpersonateWithoutToken) ? S_OK : identity_->Impersonate();
  if (SUCCEEDED(result) && LookAtThisThread().IsAbsent() &&
      !FaultIs(Fault::kImpersonateWithoutToken)) {
    result = HRESULT_FROM_WIN32(ERROR_NO_TOKEN);
  }
  if (FAILED(result)) {
    PutBackOnThisThread(before);
    return result;
  }
  if (FaultIs(Fault::kTokenOnRpcThread)) {
    CopyTokenToThread(rpc_thread_);
  }
  const DWORD thread_id = GetCurrentThreadId();
  const std::lock_guard lock(mutex_);
  if (Find(thread_id) != impersonators_.end()) {
    NoteImpersonation(this, false);
    return S_OK;
  }
  try {
    impersonators_.emplace_back();
  } catch (...) {
    PutBackOnThisThread(before);
    throw;
  }
  impersonators_.back() = {thread_id, std::move(before)};
  NoteImpersonation(this, true);
  ImpersonatingAnywhere(+1);
  return S_OK;
}

void CallSecurity::ForgetThisThread() noexcept {
  const std::lock_guard lock(mutex_);
  if (const auto known = Find(GetCurrentThreadId()); known != impersonators_.end()) {
    impersonators_.erase(known);
    ImpersonatingAnywhere(-1);
  }
}

HRESULT CallSecurity::QueryInterface(REFIID iid, void** object) noexcept {
  if (object == nullptr) {
    return E_POINTER;
  }
  if (iid == IID_IUnknown || iid == IID_IServerSecurity || iid == kIid) {
    *object = this;
    AddRef();
    return S_OK;
  }
  *object = nullptr;
  return E_NOINTERFACE;
}

ULONG CallSecurity::AddRef() noexcept { return references_.Increment(); }

ULONG CallSecurity::Release() noexcept {
  const ULONG left = references_.Decrement();
  if (left == 0) {
    delete this;
  }
  return left;
}

HRESULT CallSecurity::QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                   OLECHAR** server_principal, DWORD* authn_level, DWORD* imp_level,
                                   void** privileges, DWORD* capabilities) noexcept {
  const Gate::Entry entry(gate_);
  if (!entry) {
    if (server_principal != nullptr) {
      *server_principal = nullptr;
    }
    return RPC_E_CALL_COMPLETE;
  }
  return identity_->QueryBlanket(authn_service, authz_service, server_principal, authn_level,
                                 imp_level, privileges, capabilities);
}

HRESULT CallSecurity::ImpersonateClient() noexcept {
  return Guarded([this] { return Impersonate(); });
}

HRESULT CallSecurity::RevertToSelf() noexcept {
  return Guarded([this] {
    if (FaultIs(Fault::kRevertNothingAfterSignal) && WasSignalledOnBeginThread(this) &&
        IsBeginThread()) {
      return S_OK;
    }
    Token earlier;
    {
      const std::lock_guard lock(mutex_);
      const auto known = Find(GetCurrentThreadId());
      if (known == impersonators_.end()) {
        return S_OK;
      }
      if (FaultIs(Fault::kRevertCounts) && !known->earlier && !IsLastRevert(this)) {
        return S_OK;
      }
      earlier = std::move(known->earlier);
      impersonators_.erase(known);
      ImpersonatingAnywhere(-1);
    }
    if (FaultIs(Fault::kRestoreTokenAtBeginReturn)) {
      RememberToken();
    }
    if (FaultIs(Fault::kForgetEarlierToken)) {
      earlier = Token();
    }
    PutBackOnThisThread(earlier);
    return S_OK;
  });
}

BOOL CallSecurity::IsImpersonating() noexcept {
  if (FaultIs(Fault::kShareImpersonating)) {
    return ImpersonatingAnywhere(0) > 0;
  }
  const std::lock_guard lock(mutex_);
  if (FaultIs(Fault::kImpersonatingForever)) {
    return HasEverImpersonated(this);
  }
  return Find(GetCurrentThreadId()) != impersonators_.end();
}

}  // namespace async_com
