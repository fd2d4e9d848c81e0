#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// Activates a class of a server in another process. `name` is a CLSID in braces or a ProgID. `host`
// names the computer. An empty name, or a name of this computer, means this computer. May block.
// Throws WindowsFailure.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-cocreateinstanceex
void ActivateServer(const std::wstring& name, const std::wstring& host, REFIID iid, void** object);

}  // namespace async_com
