#pragma once

#include <napi.h>

#include "security/client_security.h"

namespace async_com {

// Numbers as lib/native.ts has them; what is left out stays as it is. Throws a Napi::Error for a
// token that was closed.
Blanket BlanketFromJs(const Napi::Value& value);

Napi::Object BlanketToJs(Napi::Env env, const ProxyBlanket& blanket);

}  // namespace async_com
