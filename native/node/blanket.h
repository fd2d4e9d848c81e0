#pragma once

#include <napi.h>

#include "security/proxy_blanket.h"

namespace async_com {

// Reads the options that NativeBlanketOptions in lib/native/security.ts declares. An option that is
// left out stays empty. Throws a Napi::Error if the token `as` is closed.
BlanketOptions BlanketOptionsFromJs(const Napi::Value& value);

Napi::Object BlanketToJs(Napi::Env env, const Blanket& blanket);

}  // namespace async_com
