#pragma once

#include <napi.h>

#include "security/token_description.h"

namespace async_com {

// The shapes are those of lib/token.ts: ThreadToken and TokenDescription.
Napi::Object TokenDescriptionToJs(Napi::Env env, const TokenDescription& description);

Napi::Object ThreadTokenToJs(Napi::Env env, const DescribedThreadToken& described);

}  // namespace async_com
