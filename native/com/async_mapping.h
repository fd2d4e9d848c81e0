#pragma once

namespace async_com {

// Windows finds the asynchronous form of an interface, and through it the call object of a server,
// by the keys Interface\{IID}\AsynchronousInterface and Interface\{async IID}\SynchronousInterface.
// Without them every call takes the bridge.

// Writes the two for IMethodCall, for the current user. False, and nothing written, where the
// machine or the user has them. Throws Win32Error.
bool AddAsyncMapping();

// Removes what AddAsyncMapping wrote. Throws Win32Error.
void RemoveAsyncMapping();

}  // namespace async_com
