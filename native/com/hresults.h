#pragma once

#include <windows.h>

namespace async_com {

// "The call is still in progress", of ISynchronize::Wait and Begin_. The headers declare the
// constant as an unsigned number, without the cast that its neighbours have.
inline constexpr HRESULT kCallPending = static_cast<HRESULT>(RPC_S_CALLPENDING);

}  // namespace async_com
