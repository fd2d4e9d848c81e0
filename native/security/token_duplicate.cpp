#include "security/token_duplicate.h"

#include "com/account.h"
#include "com/descriptor.h"
#include "com/win32_error.h"
#include "security/thread_token.h"
#include "security/token_description.h"

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
  // AdjustTokenPrivileges returns TRUE even if it removed nothing. Then the last error says so.
  if (!AdjustTokenPrivileges(token.Get(), FALSE, &removed, 0, nullptr, nullptr) ||
      GetLastError() != ERROR_SUCCESS) {
    ThrowLastError("AdjustTokenPrivileges");
  }
  return token;
}

namespace {

// Duplicates the token so that this process's account may open it, whoever the thread acts for.
Token DuplicateForThisProcess(const Token& token, SECURITY_IMPERSONATION_LEVEL level) {
  Descriptor grant(L"D:(A;;GA;;;SY)(A;;GA;;;" + AccountOfThisProcess() + L")");
  BOOL present = FALSE;
  BOOL defaulted = FALSE;
  PACL dacl = nullptr;
  if (!GetSecurityDescriptorDacl(grant.Get(), &present, &dacl, &defaulted)) {
    ThrowLastError("GetSecurityDescriptorDacl");
  }
  // The descriptor has only the DACL, because a client may not make another account the owner.
  SECURITY_DESCRIPTOR descriptor{};
  if (!InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION) ||
      !SetSecurityDescriptorDacl(&descriptor, TRUE, dacl, FALSE)) {
    ThrowLastError("SetSecurityDescriptorDacl");
  }
  return token.Duplicate(level, TokenImpersonation,
                         TOKEN_QUERY | TOKEN_IMPERSONATE | TOKEN_DUPLICATE, &descriptor);
}

std::shared_ptr<Token> DuplicateThreadToken(std::optional<SECURITY_IMPERSONATION_LEVEL> level) {
  const ThreadToken here = TokenOfThisThread(TOKEN_QUERY | TOKEN_DUPLICATE);
  if (!here.IsPresent()) {
    throw Win32Error(here.error, here.failed);
  }
  if (!level) {
    level = Describe(here.token, Detail::kBrief).level;
  }
  return std::make_shared<Token>(
      DuplicateForThisProcess(here.token, level.value_or(SecurityImpersonation)));
}

}  // namespace

constinit Seam<std::shared_ptr<Token>(std::optional<SECURITY_IMPERSONATION_LEVEL>)>
    duplicate_thread_token(DuplicateThreadToken);

}  // namespace async_com
