#include "testing/process_resources.h"

#include <psapi.h>
#include <tlhelp32.h>
#include <winternl.h>

#include <vector>

#include "com/handle.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// SystemExtendedHandleInformation: every handle of every process. On Windows GetProcessHandleCount
// would be enough, but on Wine it always says 0.
constexpr auto kExtendedHandleInformation = static_cast<SYSTEM_INFORMATION_CLASS>(64);
constexpr LONG kInfoLengthMismatch = static_cast<LONG>(0xC0000004);

struct HandleEntry {
  void* object;
  ULONG_PTR process_id;
  ULONG_PTR handle;
  ULONG access;
  USHORT trace_index;
  USHORT type_index;
  ULONG attributes;
  ULONG reserved;
};

struct HandleTable {
  ULONG_PTR count;
  ULONG_PTR reserved;
  HandleEntry entries[1];
};

using QuerySystemInformation = LONG(NTAPI*)(SYSTEM_INFORMATION_CLASS, void*, ULONG, ULONG*);

std::uint32_t CountHandles(DWORD process_id) {
  const auto query = reinterpret_cast<QuerySystemInformation>(reinterpret_cast<void*>(
      GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation")));
  std::vector<BYTE> buffer(1 << 16);
  LONG status = kInfoLengthMismatch;
  while (query != nullptr && status == kInfoLengthMismatch) {
    buffer.resize(buffer.size() * 2);
    status = query(kExtendedHandleInformation, buffer.data(), static_cast<ULONG>(buffer.size()),
                   nullptr);
  }
  if (status < 0) {
    throw Win32Error(ERROR_NOT_SUPPORTED, "NtQuerySystemInformation");
  }
  const auto* const table = reinterpret_cast<const HandleTable*>(buffer.data());
  std::uint32_t count = 0;
  for (ULONG_PTR index = 0; index < table->count; ++index) {
    count += table->entries[index].process_id == process_id ? 1u : 0u;
  }
  return count;
}

std::uint64_t CountBytes(DWORD process_id) {
  const UniqueHandle process(
      OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, process_id));
  if (!process) {
    ThrowLastError("OpenProcess");
  }
  PROCESS_MEMORY_COUNTERS counters{};
  if (!K32GetProcessMemoryInfo(process.Get(), &counters, sizeof counters)) {
    ThrowLastError("GetProcessMemoryInfo");
  }
  return counters.PagefileUsage;
}

}  // namespace

ProcessResources MeasureProcess(DWORD process_id) {
  return {CountHandles(process_id), static_cast<std::uint32_t>(ThreadsOfProcess(process_id).size()),
          CountBytes(process_id)};
}

std::vector<DWORD> ThreadsOfProcess(DWORD process_id) {
  const UniqueHandle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0));
  if (!snapshot) {
    ThrowLastError("CreateToolhelp32Snapshot");
  }
  THREADENTRY32 thread{};
  thread.dwSize = sizeof thread;
  std::vector<DWORD> ids;
  for (BOOL more = Thread32First(snapshot.Get(), &thread); more;
       more = Thread32Next(snapshot.Get(), &thread)) {
    if (thread.th32OwnerProcessID == process_id) {
      ids.push_back(thread.th32ThreadID);
    }
  }
  return ids;
}

bool FillsFreedMemory() {
  // Large enough that the links of the heap's list of free blocks, at its start, are not read.
  constexpr std::size_t kBytes = 512;
  constexpr std::size_t kRead = 256;
  constexpr std::uint32_t kFilling = 0xFEEEFEEE;
  void* const block = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, kBytes);
  if (block == nullptr) {
    throw Win32Error(ERROR_OUTOFMEMORY, "HeapAlloc");
  }
  const auto* const read =
      reinterpret_cast<const volatile std::uint32_t*>(static_cast<const BYTE*>(block) + kRead);
  HeapFree(GetProcessHeap(), 0, block);
  return *read == kFilling;
}

}  // namespace async_com
