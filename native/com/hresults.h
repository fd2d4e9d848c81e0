#pragma once

#include <windows.h>

namespace async_com {

// ISynchronize::Wait and Begin_ return this if the call is still in progress. The headers declare
// RPC_S_CALLPENDING as an unsigned number, without the cast that its neighbours have.
inline constexpr HRESULT kCallPending = static_cast<HRESULT>(RPC_S_CALLPENDING);

}  // namespace async_com
