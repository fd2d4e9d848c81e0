#pragma once

#include <string>

#include "security/token.h"

namespace async_com {

// An impersonation token of this process's own account, without one of its privileges where one is
// named: the same user, yet told apart from the process's own token wherever it is seen. Throws
// Win32Error.
Token DuplicateProcessToken(const std::wstring& without_privilege);

// A duplicate of a client's token, for this process's threads to wear: this process's account may
// open it there, whoever the calling thread acts for. Throws Win32Error.
Token DuplicateForThisProcess(const Token& token, SECURITY_IMPERSONATION_LEVEL level);

}  // namespace async_com
