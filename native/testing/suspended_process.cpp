#include "testing/suspended_process.h"

#include "com/handle.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// NtSuspendProcess and NtResumeProcess, which no header declares.
using ChangeProcess = LONG(NTAPI*)(HANDLE);

void Change(DWORD process_id, const char* function) {
  const auto change = reinterpret_cast<ChangeProcess>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), function)));
  const UniqueHandle process(OpenProcess(PROCESS_SUSPEND_RESUME, FALSE, process_id));
  if (!process) {
    ThrowLastError("OpenProcess");
  }
  if (change == nullptr || change(process.Get()) < 0) {
    throw Win32Error(ERROR_NOT_SUPPORTED, function);
  }
}

}  // namespace

void SuspendProcess(DWORD process_id) { Change(process_id, "NtSuspendProcess"); }

void ResumeProcess(DWORD process_id) { Change(process_id, "NtResumeProcess"); }

}  // namespace async_com
