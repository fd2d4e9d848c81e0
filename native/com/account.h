#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// A SID in its text form: "S-1-5-18". Throws Win32Error.
std::wstring SidText(PSID sid);

// This process's account, as a SID in text. The first time on a thread that is not impersonating
// (the addon asks as it is loaded): the process's token is opened as whoever the thread acts for.
// Throws Win32Error.
const std::wstring& AccountOfThisProcess();

}  // namespace async_com
