#pragma once

#include <windows.h>

#include <utility>
#include <vector>

namespace async_com {

// What a server object, a call object and a class object answer to who makes call objects, asked in
// the server's own process: where proxies have no ICallFactory nobody else can ask.
struct CallFactoryProbe {
  // By what was asked; lib/contract/rules/call-factory.ts knows the names.
  std::vector<std::pair<const char*, HRESULT>> results;
  // Whether the IUnknown of an aggregated call object is the controlling one, which its references
  // are counted on.
  bool aggregates = false;
};

// On a thread of the multithreaded apartment. Throws ComFailure.
CallFactoryProbe ProbeCallFactory();

}  // namespace async_com
