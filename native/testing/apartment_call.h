#pragma once

#include <windows.h>

#include <string>
#include <utility>
#include <vector>

namespace async_com {

// Makes an asynchronous call from a single-threaded apartment of this process to a server object in
// its multithreaded apartment. Returns the result of each step by its name, up to the first that
// failed. `path` is 1 if the call took the system path and 0 if it took the bridge. Nobody has seen
// what Windows does then. It might end the process.
std::vector<std::pair<std::string, HRESULT>> CallAcrossApartments();

}  // namespace async_com
