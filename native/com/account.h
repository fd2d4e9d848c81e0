#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// Returns a SID in its text form, such as "S-1-5-18". Throws Win32Error.
std::wstring SidText(PSID sid);

// Returns the SID of this process's account as text. The first call must be made on a thread that
// is not impersonating, because Windows opens the process's token as the account that the thread
// acts for. The addon makes that call when it is loaded. Throws Win32Error.
const std::wstring& AccountOfThisProcess();

}  // namespace async_com
