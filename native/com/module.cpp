#include "com/module.h"

#include <windows.h>

#include "com/win32_error.h"

namespace async_com {

void KeepAddonInMemory() {
  HMODULE pinned = nullptr;
  if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                          reinterpret_cast<LPCWSTR>(reinterpret_cast<void*>(&KeepAddonInMemory)),
                          &pinned)) {
    ThrowLastError("GetModuleHandleExW");
  }
}

std::wstring PathOfAddon() {
  HMODULE addon = nullptr;
  if (!GetModuleHandleExW(
          GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
          reinterpret_cast<LPCWSTR>(reinterpret_cast<void*>(&KeepAddonInMemory)), &addon)) {
    ThrowLastError("GetModuleHandleExW");
  }
  std::wstring path(MAX_PATH, L'\0');
  for (;;) {
    const DWORD length = GetModuleFileNameW(addon, path.data(), static_cast<DWORD>(path.size()));
    if (length == 0) {
      ThrowLastError("GetModuleFileNameW");
    }
    if (length < path.size()) {
      path.resize(length);
      return path;
    }
    path.resize(path.size() * 2);
  }
}

}  // namespace async_com
