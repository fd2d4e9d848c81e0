#include "security/rpc_call.h"

#include <objbase.h>
#include <rpcdcep.h>

#include <cstring>
#include <cwchar>
#include <string_view>
#include <utility>

namespace async_com {

namespace {

HRESULT FromStatus(RPC_STATUS status) noexcept {
  return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
}

void Set(DWORD* out, unsigned long value) noexcept {
  if (out != nullptr) {
    *out = value;
  }
}

// Copies a string that RPC allocated into memory that a COM caller frees, and frees RPC's string.
HRESULT MoveToTaskMemory(RPC_WSTR& rpc_string, OLECHAR** out) noexcept {
  const auto* text = reinterpret_cast<const wchar_t*>(rpc_string);
  const std::size_t bytes = (std::wcslen(text) + 1) * sizeof(wchar_t);
  *out = static_cast<OLECHAR*>(CoTaskMemAlloc(bytes));
  if (*out != nullptr) {
    std::memcpy(*out, text, bytes);
  }
  RpcStringFreeW(&rpc_string);
  return *out == nullptr ? E_OUTOFMEMORY : S_OK;
}

HRESULT QueryBlanketOf(RPC_BINDING_HANDLE call, DWORD* authn_service, DWORD* authz_service,
                       OLECHAR** server_principal, DWORD* authn_level, DWORD* impersonation_level,
                       void** privileges, DWORD* capabilities) noexcept {
  RPC_AUTHZ_HANDLE client = nullptr;
  RPC_WSTR principal = nullptr;
  unsigned long level = 0;
  unsigned long service = 0;
  unsigned long authorization = 0;
  const RPC_STATUS status =
      RpcBindingInqAuthClientW(call, &client, server_principal == nullptr ? nullptr : &principal,
                               &level, &service, &authorization);
  if (status != RPC_S_OK) {
    return FromStatus(status);
  }
  if (principal != nullptr) {
    const HRESULT moved = MoveToTaskMemory(principal, server_principal);
    if (FAILED(moved)) {
      return moved;
    }
  }
  Set(authn_service, service);
  Set(authz_service, authorization);
  Set(authn_level, level);
  Set(impersonation_level, static_cast<unsigned long>(RPC_C_IMP_LEVEL_DEFAULT));
  Set(capabilities, static_cast<unsigned long>(EOAC_NONE));
  if (privileges != nullptr) {
    *privileges = client;
  }
  return S_OK;
}

// Returns whether the client is on this computer, so that its process has an id here.
bool IsLocal(RPC_BINDING_HANDLE call) noexcept {
  RPC_WSTR binding = nullptr;
  if (RpcBindingToStringBindingW(call, &binding) != RPC_S_OK) {
    return false;
  }
  const std::wstring_view text(reinterpret_cast<const wchar_t*>(binding));
  const bool local = text.find(L"ncalrpc:") != std::wstring_view::npos;
  RpcStringFreeW(&binding);
  return local;
}

}  // namespace

std::shared_ptr<RpcCall> RpcCall::OfThisThread() {
  ComPtr<IServerSecurity> context;
  if (FAILED(CoGetCallContext(IID_PPV_ARGS(&context)))) {
    context.Reset();
  }
  return std::shared_ptr<RpcCall>(new RpcCall(current_rpc_call(), std::move(context)));
}

std::shared_ptr<RpcCall> RpcCall::None() {
  return std::shared_ptr<RpcCall>(new RpcCall(nullptr, nullptr));
}

RpcCall::RpcCall(RPC_BINDING_HANDLE handle, ComPtr<IServerSecurity> context)
    : handle_(handle), thread_id_(GetCurrentThreadId()), context_(std::move(context)) {}

void RpcCall::Close() noexcept {
  gate_.Close();
  notifications_.Unsubscribe();
  // COM's context belongs to the call and ends with it.
  ComPtr<IServerSecurity> over;
  const std::lock_guard lock(closing_);
  over.Swap(context_);
}

HRESULT RpcCall::Impersonate(const Use& use) noexcept {
  if (!use) {
    return RPC_E_CALL_COMPLETE;
  }
  if (context_ != nullptr) {
    return context_->ImpersonateClient();
  }
  return handle_ != nullptr ? FromStatus(RpcImpersonateClient(handle_)) : RPC_E_CALL_COMPLETE;
}

HRESULT RpcCall::QueryBlanket(const Use& use, DWORD* authn_service, DWORD* authz_service,
                              OLECHAR** server_principal, DWORD* authn_level,
                              DWORD* impersonation_level, void** privileges,
                              DWORD* capabilities) noexcept {
  if (server_principal != nullptr) {
    *server_principal = nullptr;
  }
  if (!use) {
    return RPC_E_CALL_COMPLETE;
  }
  if (context_ != nullptr) {
    return context_->QueryBlanket(authn_service, authz_service, server_principal, authn_level,
                                  impersonation_level, privileges, capabilities);
  }
  return handle_ != nullptr
             ? QueryBlanketOf(handle_, authn_service, authz_service, server_principal, authn_level,
                              impersonation_level, privileges, capabilities)
             : RPC_E_CALL_COMPLETE;
}

RpcCall::Client RpcCall::GetClient() noexcept {
  const Use use(*this);
  if (!use || handle_ == nullptr) {
    return {};
  }
  unsigned long process_id = 0;
  if (I_RpcBindingInqLocalClientPID(handle_, &process_id) != RPC_S_OK || process_id == 0) {
    return {IsLocal(handle_) ? Client::Kind::kGone : Client::Kind::kElsewhere, 0};
  }
  return process_id == GetCurrentProcessId() ? Client{}
                                             : Client{Client::Kind::kProcess, process_id};
}

void RpcCall::Subscribe(ToldRpcNotification told) {
  const Use use(*this);
  if (use && handle_ != nullptr && !subscribed_.exchange(true)) {
    notifications_.Subscribe(handle_, std::move(told));
  }
}

constinit Seam<RPC_BINDING_HANDLE()> current_rpc_call([] { return I_RpcGetCurrentCallHandle(); });

}  // namespace async_com
