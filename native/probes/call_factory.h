#pragma once

#include <windows.h>

#include <utility>
#include <vector>

namespace async_com {

// What a server object, a call object and a class object answer when they are asked for call
// objects. They are asked in the server's own process: they refuse all others, and no other process
// can ask if proxies have no ICallFactory.
struct CallFactoryProbe {
  // The answers, by the name of the question. lib/verify/rules/call-factory.ts knows the names.
  std::vector<std::pair<const char*, HRESULT>> results;
  // Whether the call object that the server makes can be aggregated, and whether a ClientCallObject
  // can: see IsAggregatable.
  bool server_aggregates = false;
  bool client_aggregates = false;
};

// Must be called on a thread of the multithreaded apartment. Throws ComFailure.
CallFactoryProbe ProbeCallFactory();

}  // namespace async_com
