#pragma once

#include <windows.h>

namespace async_com {

// Null on Windows itself.
const char* WineVersion() noexcept;

// On Wine, keeps one object of ours exported for as long as the process lives, by each interface
// that clients of this process may use. Nobody has a reference to it. It is there because Wine's
// COM, as it takes back the last object with an interface, waits for all calls by that interface to
// end, and holds a lock meanwhile which such a call may be waiting for: the process then hangs for
// ever. While the object is there, no other one is the last. On a thread of the multithreaded
// apartment, once. On Windows this does nothing.
HRESULT KeepInterfacesExported() noexcept;

}  // namespace async_com
