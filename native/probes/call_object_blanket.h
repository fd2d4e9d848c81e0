#pragma once

#include "idl/generated/method_call.h"
#include "security/proxy_blanket.h"

namespace async_com {

// The blanket of a call object before and after a blanket was set on it, and the proxy's blanket
// after that.
struct CallObjectBlankets {
  Blanket before;
  Blanket after;
  Blanket proxy_after;
};

// Makes a call object from the proxy's ICallFactory and sets `blanket` on it. Throws ComFailure,
// with E_NOINTERFACE if COM has no ICallFactory on proxies.
CallObjectBlankets TryBlanketOnCallObject(IMethodCall* proxy, const BlanketOptions& blanket);

}  // namespace async_com
