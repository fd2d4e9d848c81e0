#pragma once

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include <string>

#include "testing/double/behaviour.h"

namespace async_com {

// Puts the token of the call's client on the calling thread: the token that RPC gives for the call,
// or a duplicate of it at the level that the behaviour grants. Returns a failure, and leaves the
// thread without a token, if the behaviour grants nothing.
HRESULT PutClientTokenOnThisThread(RPC_BINDING_HANDLE call, Behaviour behaviour) noexcept;

// What IServerSecurity::QueryBlanket returns for the call.
struct ClientBlanket {
  HRESULT result = S_OK;
  DWORD authn_service = RPC_C_AUTHN_NONE;
  DWORD authn_level = RPC_C_AUTHN_LEVEL_NONE;
  std::wstring client;  // empty if nobody was authenticated
};

// Returns what RPC reports of the call. If the behaviour grants something, it is what Windows would
// report of an authenticated client of this computer.
ClientBlanket BlanketOfClient(RPC_BINDING_HANDLE call, Behaviour behaviour);

}  // namespace async_com
