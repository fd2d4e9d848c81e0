#include "testing/double/granted_token.h"

#include <array>
#include <optional>
#include <utility>

#include "com/entry.h"
#include "com/win32_error.h"
#include "security/thread_token.h"
#include "security/token.h"

namespace async_com {

namespace {

HRESULT FromStatus(RPC_STATUS status) noexcept {
  return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
}

std::optional<SECURITY_IMPERSONATION_LEVEL> GrantedLevel(Behaviour behaviour) noexcept {
  switch (behaviour) {
    case Behaviour::kGrantsAnonymous:
      return SecurityAnonymous;
    case Behaviour::kGrantsIdentify:
      return SecurityIdentification;
    case Behaviour::kGrantsImpersonate:
      return SecurityImpersonation;
    case Behaviour::kGrantsDelegate:
      return SecurityDelegation;
    default:
      return std::nullopt;
  }
}

// Wine's token of an RPC client is the process's own at impersonation level. A process may
// duplicate its primary token at any level.
void LowerThisThread(SECURITY_IMPERSONATION_LEVEL level) {
  SetThisThreadToken(nullptr);
  const Token granted = Token::OpenProcess(TOKEN_QUERY | TOKEN_DUPLICATE)
                            .Duplicate(level, TokenImpersonation, TOKEN_QUERY | TOKEN_IMPERSONATE);
  SetThisThreadToken(&granted);
}

// Returns "DOMAIN\name" of this process's account. Wine runs the client under the same account.
std::wstring AccountName() {
  std::array<wchar_t, 256> name{};
  std::array<wchar_t, 256> domain{};
  std::array<BYTE, SECURITY_MAX_SID_SIZE + sizeof(TOKEN_USER)> user{};
  DWORD size = 0;
  if (!GetTokenInformation(Token::OpenProcess().Get(), TokenUser, user.data(),
                           static_cast<DWORD>(user.size()), &size)) {
    ThrowLastError("GetTokenInformation");
  }
  DWORD name_length = static_cast<DWORD>(name.size());
  DWORD domain_length = static_cast<DWORD>(domain.size());
  SID_NAME_USE use{};
  if (!LookupAccountSidW(nullptr, reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid, name.data(),
                         &name_length, domain.data(), &domain_length, &use)) {
    ThrowLastError("LookupAccountSid");
  }
  return std::wstring(domain.data()) + L'\\' + name.data();
}

}  // namespace

HRESULT PutClientTokenOnThisThread(RPC_BINDING_HANDLE call, Behaviour behaviour) noexcept {
  if (behaviour == Behaviour::kGrantsNothing) {
    // https://learn.microsoft.com/windows/win32/api/rpcdce/nf-rpcdce-rpcimpersonateclient
    return FromStatus(RPC_S_NO_CONTEXT_AVAILABLE);
  }
  const RPC_STATUS status = RpcImpersonateClient(call);
  if (status != RPC_S_OK) {
    return FromStatus(status);
  }
  return Guarded([behaviour] {
    if (const auto level = GrantedLevel(behaviour)) {
      LowerThisThread(*level);
    }
    return S_OK;
  });
}

ClientBlanket BlanketOfClient(RPC_BINDING_HANDLE call, Behaviour behaviour) {
  ClientBlanket blanket;
  if (behaviour == Behaviour::kGrantsNothing) {
    return blanket;
  }
  if (GrantedLevel(behaviour)) {
    blanket.authn_service = RPC_C_AUTHN_WINNT;
    blanket.authn_level = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
    blanket.client = AccountName();
    return blanket;
  }
  RPC_AUTHZ_HANDLE client = nullptr;
  unsigned long authorization = 0;
  unsigned long level = 0;
  unsigned long service = 0;
  blanket.result = FromStatus(
      RpcBindingInqAuthClientW(call, &client, nullptr, &level, &service, &authorization));
  blanket.authn_level = level;
  blanket.authn_service = service;
  return blanket;
}

}  // namespace async_com
