#pragma once

#include <windows.h>

namespace async_com {

// For tests. Suspends every thread of a process, or lets them go on. Throws Win32Error.
void SuspendProcess(DWORD process_id);
void ResumeProcess(DWORD process_id);

}  // namespace async_com
