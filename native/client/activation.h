#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// Activates a class in a process of its own. `host` names another computer; empty, or a name of
// this one, is this one. Throws ComFailure.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-cocreateinstanceex
void ActivateServer(const CLSID& clsid, const std::wstring& host, REFIID iid, void** object);

}  // namespace async_com
