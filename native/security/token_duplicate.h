#pragma once

#include <memory>
#include <optional>
#include <string>

#include "com/seam.h"
#include "security/token.h"

namespace async_com {

// An impersonation token of this process's own account, without one of its privileges where one is
// named: the same user, yet told apart from the process's own token wherever it is seen. Throws
// Win32Error.
Token DuplicateProcessToken(const std::wstring& without_privilege);

// A duplicate of the calling thread's token that this process's account may open, whoever the
// thread acts for; at the thread's own level where none is given. Throws Win32Error:
// ERROR_NO_TOKEN, ERROR_BAD_IMPERSONATION_LEVEL.
extern Seam<std::shared_ptr<Token>(std::optional<SECURITY_IMPERSONATION_LEVEL>)>
    duplicate_thread_token;

}  // namespace async_com
