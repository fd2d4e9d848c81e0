#pragma once

#include <windows.h>

#include <objidl.h>

#include <vector>

#include "mutation.h"

namespace soak {

// What the proxy sends and the stub answers, in calls of many kinds.
struct Recording {
  std::vector<Recorded> requests;
  std::vector<Recorded> answers;
};

// Makes valid calls from a proxy of the factory to a stub of the factory, both in this process.
// Throws Failure. The objects in the packets exist until the process ends.
Recording RecordCalls(IPSFactoryBuffer& factory);

}  // namespace soak
