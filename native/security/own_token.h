#pragma once

#include <string>

#include "security/token.h"

namespace async_com {

// An impersonation token of this process's own account, without one of its privileges where one is
// named: the same user, yet told apart from the process's own token wherever it is seen. Throws
// Win32Error.
Token DuplicateProcessToken(const std::wstring& without_privilege);

}  // namespace async_com
