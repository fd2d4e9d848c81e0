#include "com/named_mutex.h"

#include "com/win32_error.h"

namespace async_com {

HeldNamedMutex::HeldNamedMutex(const std::wstring& name, DWORD milliseconds)
    : mutex_(CreateMutexW(nullptr, FALSE, name.c_str())) {
  if (!mutex_) {
    ThrowLastError("CreateMutexW");
  }
  constexpr const char* kWait = "WaitForSingleObject";
  switch (WaitForSingleObject(mutex_.Get(), milliseconds)) {
    case WAIT_OBJECT_0:
    case WAIT_ABANDONED:
      return;
    case WAIT_TIMEOUT:
      throw Win32Error(ERROR_TIMEOUT, kWait);
    default:
      ThrowLastError(kWait);
  }
}

HeldNamedMutex::~HeldNamedMutex() { ReleaseMutex(mutex_.Get()); }

}  // namespace async_com
