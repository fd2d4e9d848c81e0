#pragma once

#include <napi.h>

#include "security/token_description.h"

namespace async_com {

// These make the TokenDescription and the ThreadToken that lib/native/token-description.ts
// declares.
Napi::Object TokenDescriptionToJs(Napi::Env env, const TokenDescription& description);

Napi::Object ThreadTokenToJs(Napi::Env env, const DescribedThreadToken& described);

}  // namespace async_com
