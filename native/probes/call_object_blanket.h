#pragma once

#include "idl/generated/method_call.h"
#include "security/proxy_blanket.h"

namespace async_com {

// What a call object made from the proxy's ICallFactory says of its own blanket, and of the
// proxy's, once `blanket` has been set on it.
struct CallObjectBlankets {
  Blanket before;
  Blanket after;
  Blanket proxy_after;
};

// Throws ComFailure: E_NOINTERFACE where COM offers no ICallFactory on proxies.
CallObjectBlankets TryBlanketOnCallObject(IMethodCall* proxy, const BlanketOptions& blanket);

}  // namespace async_com
