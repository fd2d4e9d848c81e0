#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <string_view>

namespace async_com {

// The symbolic name from the Windows headers: 'RPC_E_DISCONNECTED', 'E_ACCESSDENIED'. An HRESULT
// that wraps a Win32 code and has no name of its own has the Win32 name: 0x800706BE is
// 'RPC_S_CALL_FAILED'. Any other is '0x8XXXXXXX'.
std::string HResultName(HRESULT hresult);

// 'ERROR_NO_TOKEN' for 1008. A code without a name here is its decimal number.
std::string Win32ErrorName(DWORD code);

// The reverse of HResultName: HResultFromName(HResultName(hr)) is hr for every HRESULT. A Win32
// name gives the HRESULT that wraps the code. Empty for a name that is not known.
std::optional<HRESULT> HResultFromName(std::string_view name);

}  // namespace async_com
