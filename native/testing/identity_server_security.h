#pragma once

#include "security/blanket.h"

namespace async_com {

// For tests: queries the blanket of an IServerSecurity whose client is unknown and is described by
// a SEC_WINNT_AUTH_IDENTITY, as is documented for clients on other computers. Throws ComFailure.
Blanket QueryBlanketWithIdentity();

}  // namespace async_com
