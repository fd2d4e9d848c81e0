#include "com/account.h"

#include <sddl.h>

#include <cstddef>

#include "com/handle.h"
#include "com/local_memory.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

std::wstring AskAccountOfThisProcess() {
  UniqueHandle token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.Put())) {
    ThrowLastError("OpenProcessToken");
  }
  alignas(TOKEN_USER) std::byte answer[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  if (!GetTokenInformation(token.Get(), TokenUser, answer, sizeof answer, &size)) {
    ThrowLastError("GetTokenInformation(TokenUser)");
  }
  return SidText(reinterpret_cast<const TOKEN_USER*>(answer)->User.Sid);
}

}  // namespace

std::wstring SidText(PSID sid) {
  wchar_t* text = nullptr;
  if (!ConvertSidToStringSidW(sid, &text)) {
    ThrowLastError("ConvertSidToStringSidW");
  }
  const LocalMemory<wchar_t> owner(text);
  return text;
}

const std::wstring& AccountOfThisProcess() {
  static const std::wstring account = AskAccountOfThisProcess();
  return account;
}

}  // namespace async_com
