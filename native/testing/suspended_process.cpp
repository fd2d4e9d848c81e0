#include "testing/suspended_process.h"

#include "com/handle.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// ntdll exports NtSuspendProcess and NtResumeProcess, but no header declares them.
void CallForProcess(const char* function, DWORD process_id) {
  using Function = LONG(NTAPI*)(HANDLE);
  const auto call = reinterpret_cast<Function>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), function)));
  if (call == nullptr) {
    ThrowLastError("GetProcAddress");
  }
  const UniqueHandle process(OpenProcess(PROCESS_SUSPEND_RESUME, FALSE, process_id));
  if (!process) {
    ThrowLastError("OpenProcess");
  }
  if (call(process.Get()) < 0) {
    throw Win32Error(ERROR_INVALID_FUNCTION, function);
  }
}

}  // namespace

void SuspendProcess(DWORD process_id) { CallForProcess("NtSuspendProcess", process_id); }

void ResumeProcess(DWORD process_id) { CallForProcess("NtResumeProcess", process_id); }

}  // namespace async_com
