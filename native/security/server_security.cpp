#include "security/server_security.h"

#include <objbase.h>

#include <algorithm>
#include <utility>

#include "com/entry.h"
#include "security/clean_thread.h"

namespace async_com {

namespace {

// A private interface by which From() recognises objects of this class.
// {6F2E4C0B-7A55-4E1C-9B7D-2D8C3F1A9E64}
constexpr IID kServerSecurity = {
    0x6f2e4c0b, 0x7a55, 0x4e1c, {0x9b, 0x7d, 0x2d, 0x8c, 0x3f, 0x1a, 0x9e, 0x64}};

// The access that is needed to put a token back on a thread.
constexpr DWORD kRestoreAccess = TOKEN_QUERY | TOKEN_IMPERSONATE;

// Ends the process if the thread cannot get its own token back: it would go on as another account.
void PutBackOnThisThread(const Token& token) noexcept {
  if (TrySetThisThreadToken(token ? &token : nullptr) != ERROR_SUCCESS) {
    EndProcessForForeignToken();
  }
}

}  // namespace

ServerSecurity* ServerSecurity::From(IUnknown* context) noexcept {
  void* ours = nullptr;
  if (context == nullptr || FAILED(context->QueryInterface(kServerSecurity, &ours))) {
    return nullptr;
  }
  auto* const security = static_cast<ServerSecurity*>(ours);
  security->Release();
  return security;
}

ServerSecurity::ServerSecurity(std::shared_ptr<RpcCall> rpc_call)
    : rpc_call_(std::move(rpc_call)) {}

void* ServerSecurity::Find(REFIID iid) noexcept {
  return iid == kServerSecurity ? this : ComObject::Find(iid);
}

// CoSwitchCallContext neither adds nor releases references. The bridge holds one until Begin_ has
// returned.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coswitchcallcontext
HRESULT ServerSecurity::EnterBegin() noexcept {
  return CoSwitchCallContext(static_cast<IServerSecurity*>(this), &replaced_context_);
}

void ServerSecurity::LeaveBegin() noexcept {
  // The RPC thread may have had a context of COM's own, which is put back. A Begin_ thread gets
  // none, whatever it had before.
  const bool is_rpc_thread = GetCurrentThreadId() == rpc_call_->ThreadId();
  IUnknown* ours = nullptr;
  if (FAILED(CoSwitchCallContext(is_rpc_thread ? replaced_context_ : nullptr, &ours))) {
    // Otherwise the thread would keep a context that is about to be freed.
    EndProcessForForeignToken();
  }
  const std::lock_guard lock(mutex_);
  if (const auto known = FindThread(GetCurrentThreadId()); known != impersonators_.end()) {
    impersonators_.erase(known);
  }
}

void ServerSecurity::CallSignalled() noexcept { rpc_call_->Close(); }

std::vector<ServerSecurity::Impersonator>::iterator ServerSecurity::FindThread(
    DWORD thread_id) noexcept {
  return std::find_if(impersonators_.begin(), impersonators_.end(),
                      [thread_id](const auto& one) { return one.thread_id == thread_id; });
}

HRESULT ServerSecurity::Impersonate() {
  const RpcCall::Use use(*rpc_call_);
  if (!use) {
    return RPC_E_CALL_COMPLETE;
  }
  ThreadToken here = TokenOfThisThread(kRestoreAccess);
  if (here.IsAnonymous() && IsImpersonating()) {
    // This object put the token there. A token at anonymous level is on the thread but cannot be
    // opened.
    return S_OK;
  }
  if (!here.IsAbsent() && !here.IsPresent()) {
    // If the token cannot be opened, it cannot be put back later.
    throw Win32Error(here.error, here.failed);
  }
  Token before = std::move(here.token);
  // Removes the thread's token first. Only then does a token that is found afterwards prove that
  // this impersonation put it there.
  SetThisThreadToken(nullptr);
  HRESULT result = rpc_call_->Impersonate(use);
  if (SUCCEEDED(result) && TokenOfThisThread().IsAbsent()) {
    result = HRESULT_FROM_WIN32(ERROR_NO_TOKEN);
  }
  if (FAILED(result)) {
    PutBackOnThisThread(before);
    return result;
  }
  const DWORD thread_id = GetCurrentThreadId();
  const std::lock_guard lock(mutex_);
  if (FindThread(thread_id) != impersonators_.end()) {
    return S_OK;
  }
  try {
    impersonators_.emplace_back();
  } catch (...) {
    PutBackOnThisThread(before);
    throw;
  }
  impersonators_.back() = {thread_id, std::move(before)};
  return S_OK;
}

HRESULT ServerSecurity::QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                     OLECHAR** server_principal, DWORD* authn_level,
                                     DWORD* impersonation_level, void** privileges,
                                     DWORD* capabilities) noexcept {
  const RpcCall::Use use(*rpc_call_);
  return rpc_call_->QueryBlanket(use, authn_service, authz_service, server_principal, authn_level,
                                 impersonation_level, privileges, capabilities);
}

HRESULT ServerSecurity::ImpersonateClient() noexcept {
  return Guarded([this] { return Impersonate(); });
}

HRESULT ServerSecurity::RevertToSelf() noexcept {
  return Guarded([this] {
    Token earlier;
    {
      const std::lock_guard lock(mutex_);
      const auto known = FindThread(GetCurrentThreadId());
      if (known == impersonators_.end()) {
        return S_OK;
      }
      earlier = std::move(known->earlier);
      impersonators_.erase(known);
    }
    PutBackOnThisThread(earlier);
    return S_OK;
  });
}

BOOL ServerSecurity::IsImpersonating() noexcept {
  const std::lock_guard lock(mutex_);
  return FindThread(GetCurrentThreadId()) != impersonators_.end();
}

constinit Seam<ComPtr<ServerSecurity>(std::shared_ptr<RpcCall>)> make_server_security(
    [](std::shared_ptr<RpcCall> rpc_call) { return MakeCom<ServerSecurity>(std::move(rpc_call)); });

}  // namespace async_com
