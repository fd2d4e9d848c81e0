#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "client/connection.h"

namespace async_com {

// For tests: a reference to a server object as bytes. With it a client of another account reaches
// the object without an activation, which would start another server for that account. These
// functions must be called on a thread of the multithreaded apartment. They throw ComFailure.

// Activates the class and returns a reference to the object, for one client.
std::string MarshalReference(const std::wstring& clsid);

// Returns a reference to the connection's object, for one more client.
std::string MarshalConnection(Connection& connection);

std::shared_ptr<Connection> UnmarshalReference(const std::string& reference);

}  // namespace async_com
