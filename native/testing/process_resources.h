#pragma once

#include <windows.h>

#include <cstdint>
#include <vector>

namespace async_com {

// What a process holds at one moment, counted from outside the process.
struct ProcessResources {
  std::uint32_t handles = 0;
  std::uint32_t threads = 0;
  std::uint64_t bytes = 0;  // committed memory
};

// For tests. Throws Win32Error.
ProcessResources MeasureProcess(DWORD process_id);

// Returns the ids of the threads of a process. For tests. Throws Win32Error.
std::vector<DWORD> ThreadsOfProcess(DWORD process_id);

// For tests. Returns whether Windows fills the memory that this process frees, so that a use of it
// is noticed. Reads a block that it has freed.
bool FillsFreedMemory();

}  // namespace async_com
