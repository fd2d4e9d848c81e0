#include "security/own_token.h"

#include "com/descriptor.h"
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

Token DuplicateForThisProcess(const Token& token, SECURITY_IMPERSONATION_LEVEL level) {
  Descriptor grant(L"D:(A;;GA;;;SY)(A;;GA;;;" + AccountOfThisProcess() + L")");
  BOOL present = FALSE;
  BOOL defaulted = FALSE;
  PACL dacl = nullptr;
  if (!GetSecurityDescriptorDacl(grant.Get(), &present, &dacl, &defaulted)) {
    ThrowLastError("GetSecurityDescriptorDacl");
  }
  // The DACL alone: a client may not make another account the owner.
  SECURITY_DESCRIPTOR descriptor{};
  if (!InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION) ||
      !SetSecurityDescriptorDacl(&descriptor, TRUE, dacl, FALSE)) {
    ThrowLastError("SetSecurityDescriptorDacl");
  }
  return token.Duplicate(level, TokenImpersonation,
                         TOKEN_QUERY | TOKEN_IMPERSONATE | TOKEN_DUPLICATE, &descriptor);
}

}  // namespace async_com
