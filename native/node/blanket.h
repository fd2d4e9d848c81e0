#pragma once

#include <napi.h>

#include "security/proxy_blanket.h"

namespace async_com {

// Numbers as lib/native.ts has them; what is left out stays as it is. Throws a Napi::Error for a
// token that was closed.
BlanketOptions BlanketOptionsFromJs(const Napi::Value& value);

Napi::Object BlanketToJs(Napi::Env env, const Blanket& blanket);

}  // namespace async_com
