#pragma once

#include <string>

namespace async_com {

// Keeps the addon in memory until the process ends. Node unloads an addon with the last worker that
// used it; the threads of COM and of our pools may then still be in it. Throws Win32Error.
void KeepAddonInMemory();

// The addon's file. Throws Win32Error.
std::wstring PathOfAddon();

}  // namespace async_com
