#pragma once

#include <windows.h>

#include <objidl.h>

#include <optional>
#include <string>

#include "com/seam.h"

namespace async_com {

// How the calls of a client are authenticated, as both sides of a call can ask:
// IServerSecurity::QueryBlanket at the server, IClientSecurity::QueryBlanket at the client.
struct Blanket {
  DWORD authn_service = 0;  // RPC_C_AUTHN_*
  DWORD authz_service = 0;  // RPC_C_AUTHZ_*
  DWORD authn_level = 0;    // RPC_C_AUTHN_LEVEL_*
  DWORD capabilities = 0;   // EOAC_*
  std::optional<std::wstring> server_principal;
  // Only the client's side tells how far the server may go: RPC_C_IMP_LEVEL_*.
  std::optional<DWORD> impersonation_level;
  // Only the server's side tells whom RPC authenticated.
  std::optional<std::wstring> client;
};

// What the server's side tells, through `security` or, where that is null, through the call context
// of the calling thread. Throws ComFailure.
extern Seam<Blanket(IServerSecurity* security)> query_client_blanket;

}  // namespace async_com
