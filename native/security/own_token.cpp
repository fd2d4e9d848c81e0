#include "security/own_token.h"

#include "com/win32_error.h"

namespace async_com {

Token DuplicateProcessToken(const std::wstring& without_privilege) {
  Token token =
      Token::OpenProcess(TOKEN_QUERY | TOKEN_DUPLICATE)
          .Duplicate(SecurityImpersonation, TokenImpersonation,
                     TOKEN_QUERY | TOKEN_IMPERSONATE | TOKEN_DUPLICATE | TOKEN_ADJUST_PRIVILEGES);
  if (without_privilege.empty()) {
    return token;
  }
  TOKEN_PRIVILEGES removed{};
  removed.PrivilegeCount = 1;
  removed.Privileges[0].Attributes = SE_PRIVILEGE_REMOVED;
  if (!LookupPrivilegeValueW(nullptr, without_privilege.c_str(), &removed.Privileges[0].Luid)) {
    ThrowLastError("LookupPrivilegeValueW");
  }
  // TRUE also where nothing was removed: then the last error says so.
  if (!AdjustTokenPrivileges(token.Get(), FALSE, &removed, 0, nullptr, nullptr) ||
      GetLastError() != ERROR_SUCCESS) {
    ThrowLastError("AdjustTokenPrivileges");
  }
  return token;
}

}  // namespace async_com
