#pragma once

#include <windows.h>

#include <string>

#include "com/handle.h"

namespace async_com {

// Holds a named mutex, which all processes that know its name share. It must be destroyed on the
// thread that made it.
class HeldNamedMutex {
 public:
  // Waits until no other thread holds the mutex. A process that ended while it held the mutex holds
  // it no longer. Throws Win32Error: ERROR_TIMEOUT if the time was too short.
  HeldNamedMutex(const std::wstring& name, DWORD milliseconds);
  HeldNamedMutex(const HeldNamedMutex&) = delete;
  HeldNamedMutex& operator=(const HeldNamedMutex&) = delete;
  ~HeldNamedMutex();

 private:
  UniqueHandle mutex_;
};

}  // namespace async_com
