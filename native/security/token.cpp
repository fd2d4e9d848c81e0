#include "security/token.h"

#include "com/win32_error.h"

namespace async_com {

Token Token::OpenProcess(DWORD access) {
  UniqueHandle token;
  if (!::OpenProcessToken(::GetCurrentProcess(), access, token.Put())) {
    ThrowLastError("OpenProcessToken");
  }
  return Token(std::move(token));
}

Token Token::Duplicate(SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type, DWORD access,
                       PSECURITY_DESCRIPTOR descriptor) const {
  UniqueHandle token;
  SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor, FALSE};
  if (!::DuplicateTokenEx(Get(), access, descriptor == nullptr ? nullptr : &attributes, level, type,
                          token.Put())) {
    ThrowLastError("DuplicateTokenEx");
  }
  return Token(std::move(token));
}

Token Token::Share() const {
  UniqueHandle token;
  const HANDLE process = ::GetCurrentProcess();
  if (!::DuplicateHandle(process, Get(), process, token.Put(), 0, FALSE, DUPLICATE_SAME_ACCESS)) {
    ThrowLastError("DuplicateHandle");
  }
  return Token(std::move(token));
}

}  // namespace async_com
