#pragma once

#include <windows.h>

#include <objidl.h>

#include <optional>
#include <string>

namespace async_com {

// The client's blanket, as IServerSecurity::QueryBlanket and CoQueryClientBlanket give it.
struct ClientBlanket {
  DWORD authn_service = 0;
  DWORD authz_service = 0;
  DWORD authn_level = 0;
  DWORD capabilities = 0;
  std::optional<std::wstring> server_principal;
  std::optional<std::wstring> client;  // the principal that RPC authenticated
};

// Throws ComFailure. Without `security`, through the call context of the calling thread.
ClientBlanket QueryClientBlanket(IServerSecurity* security);

}  // namespace async_com
