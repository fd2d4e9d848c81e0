#pragma once

#include <windows.h>

#include <objidl.h>

#include <optional>
#include <string>

#include "com/seam.h"

namespace async_com {

// How the calls of a client are authenticated. Both sides of a call can ask: the server with
// IServerSecurity::QueryBlanket, the client with IClientSecurity::QueryBlanket.
struct Blanket {
  DWORD authn_service = 0;  // RPC_C_AUTHN_*
  DWORD authz_service = 0;  // RPC_C_AUTHZ_*
  DWORD authn_level = 0;    // RPC_C_AUTHN_LEVEL_*
  DWORD capabilities = 0;   // EOAC_*
  std::optional<std::wstring> server_principal;
  // How far the server may go: RPC_C_IMP_LEVEL_*. Only the client's side knows it.
  std::optional<DWORD> impersonation_level;
  // Whom RPC authenticated. Only the server's side knows it.
  std::optional<std::wstring> client;
};

// Returns the blanket on the server's side, from `security` or, if that is null, from the call
// context of the calling thread. Throws ComFailure.
extern Seam<Blanket(IServerSecurity* security)> query_client_blanket;

}  // namespace async_com
