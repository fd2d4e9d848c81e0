#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "client/connection.h"

namespace async_com {

// Only in the test build: a reference to a server object as bytes, so that a client of another
// account comes to it without an activation, which would start a server of that account's own. On a
// thread of the multithreaded apartment. Both throw ComFailure.

// Of an object of the class, for one client.
std::string MarshalReference(const std::wstring& clsid);

// Of the connection's object, for one more client.
std::string MarshalConnection(Connection& connection);

std::shared_ptr<Connection> UnmarshalReference(const std::string& reference);

}  // namespace async_com
