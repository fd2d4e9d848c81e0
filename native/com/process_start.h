#pragma once

#include <windows.h>

#include "com/file_time.h"

namespace async_com {

// When a process started. Windows uses process ids again: id and start together name one process.
// 0 if the process does not tell.
inline FileTime StartOfProcess(HANDLE process) noexcept {
  FILETIME start{};
  FILETIME end{};
  FILETIME kernel{};
  FILETIME user{};
  return GetProcessTimes(process, &start, &end, &kernel, &user) ? FromFileTime(start) : 0;
}

}  // namespace async_com
