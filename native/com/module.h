#pragma once

#include <string>

namespace async_com {

// Keeps the addon in memory until the process ends. Node unloads an addon when the last worker that
// used it ends. Threads of COM and of async-com's pools may still run the addon's code then. Throws
// Win32Error.
void KeepAddonInMemory();

// Returns the path of the addon's file. Throws Win32Error.
std::wstring PathOfAddon();

}  // namespace async_com
