#pragma once

#include <memory>
#include <optional>
#include <string>

#include "com/seam.h"
#include "security/token.h"

namespace async_com {

// Returns an impersonation token of this process's own account. If a privilege is named, the token
// lacks it. Such a token has the same user, but it can be told apart from the process's own token
// wherever it is seen. Throws Win32Error.
Token DuplicateProcessToken(const std::wstring& without_privilege);

// Returns a duplicate of the calling thread's token. This process's account may open it, whoever
// the thread acts for. Without `level` the duplicate has the level of the thread's token. Throws
// Win32Error, for example with ERROR_NO_TOKEN or ERROR_BAD_IMPERSONATION_LEVEL.
extern Seam<std::shared_ptr<Token>(std::optional<SECURITY_IMPERSONATION_LEVEL>)>
    duplicate_thread_token;

}  // namespace async_com
