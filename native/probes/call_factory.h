#pragma once

#include <windows.h>

#include <utility>
#include <vector>

namespace async_com {

// What a server object, a call object and a class object answer to who makes call objects, asked in
// the server's own process: where proxies have no ICallFactory nobody else can ask.
struct CallFactoryProbe {
  // By what was asked; lib/verify/rules/call-factory.ts knows the names.
  std::vector<std::pair<const char*, HRESULT>> results;
  // Of the call object that the server makes, and of the one that its client has where COM has
  // none: see IsAggregatable.
  bool server_aggregates = false;
  bool client_aggregates = false;
};

// On a thread of the multithreaded apartment. Throws ComFailure.
CallFactoryProbe ProbeCallFactory();

}  // namespace async_com
