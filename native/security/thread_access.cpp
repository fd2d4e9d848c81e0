#include "security/thread_access.h"

#include <cstddef>
#include <utility>

#include "com/descriptor.h"
#include "com/handle.h"
#include "com/win32_error.h"
#include "security/thread_token.h"

namespace async_com {

namespace {

Token RequireToken() {
  ThreadToken here = TokenOfThisThread(TOKEN_QUERY);
  if (!here.IsPresent()) {
    throw Win32Error(here.error, here.failed);
  }
  return std::move(here.token);
}

}  // namespace

bool CheckAccessAsThread(const std::wstring& sddl, DWORD access) {
  const Token token = RequireToken();
  Descriptor descriptor(sddl);
  GENERIC_MAPPING files = {FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_GENERIC_EXECUTE,
                           FILE_ALL_ACCESS};
  MapGenericMask(&access, &files);
  // AccessCheck writes here which privileges it used.
  alignas(PRIVILEGE_SET) std::byte used[sizeof(PRIVILEGE_SET) + 8 * sizeof(LUID_AND_ATTRIBUTES)];
  DWORD size = sizeof used;
  DWORD granted = 0;
  BOOL allowed = FALSE;
  if (!AccessCheck(descriptor.Get(), token.Get(), access, &files,
                   reinterpret_cast<PRIVILEGE_SET*>(used), &size, &granted, &allowed)) {
    ThrowLastError("AccessCheck");
  }
  return allowed != FALSE;
}

void OpenAsThread(const std::wstring& path) {
  const Token token = RequireToken();
  const UniqueHandle file(CreateFileW(path.c_str(), GENERIC_READ,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  if (!file) {
    ThrowLastError("CreateFileW");
  }
}

}  // namespace async_com
