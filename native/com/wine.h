#pragma once

#include <windows.h>

#include "com/seam.h"

namespace async_com {

// Returns Wine's version, or null on Windows.
const char* WineVersion() noexcept;

// Returns whether the out parameters of a call that ended with this failure may hold references to
// memory that does not exist. When a proxy of Wine fails to read an answer, it leaves them as they
// are at that moment. A proxy of Windows clears them.
bool MayLeaveOuts(HRESULT failure) noexcept;

// On Wine, keeps one object exported until the process ends, with each interface that clients of
// this process may use. No client has a reference to it. Without it the process can hang for ever:
// when Wine's COM takes back the last object with an interface, it waits for all calls by that
// interface to end, and meanwhile holds a lock for which such a call may be waiting. While this
// object is exported, no other object is the last one. Must be called once, on a thread of the
// multithreaded apartment. Does nothing on Windows.
HRESULT KeepInterfacesExported() noexcept;

// Returns whether COM takes back the references of a client process that has ended. Windows does so
// after some minutes, and takes back no others. Wine does not.
// https://devblogs.microsoft.com/oldnewthing/20140409-00/?p=1293
extern Seam<bool()> com_runs_down_references;

}  // namespace async_com
