#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace async_com {

// Notes each access violation and similar exception of this process from now on: where it happens,
// and which modules called that, from the innermost outwards. If COM's proxies and stubs
// have no part in it, writes each new place to standard error, because the process may end. COM
// catches such exceptions in calls, so that nothing else may show them. For tests.
void WatchExceptions();

// Returns how often an exception happened, by "CODE MODULE+OFFSET < MODULE < …".
std::map<std::string, std::uint32_t> ExceptionsSeen();

}  // namespace async_com
