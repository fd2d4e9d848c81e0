#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// Returns the symbolic name from the Windows headers, such as 'RPC_E_DISCONNECTED' or
// 'E_ACCESSDENIED'. If an HRESULT wraps a Win32 code and has no name of its own, the Win32 name is
// returned: 'RPC_S_CALL_FAILED' for 0x800706BE. For any other HRESULT the result is '0x8XXXXXXX'.
std::string HResultName(HRESULT hresult);

// Returns the symbolic name of a Win32 code: 'ERROR_NO_TOKEN' for 1008. For a code that has no name
// here, returns its decimal number.
std::string Win32ErrorName(DWORD code);

}  // namespace async_com
