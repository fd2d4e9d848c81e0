#pragma once

#include <napi.h>

#include <optional>

#include "security/token.h"
#include "security/token_description.h"

namespace async_com {

// The shapes are those of lib/token.ts: ThreadToken and TokenDescription.
Napi::Object TokenDescriptionToJs(Napi::Env env, const TokenDescription& description);

// `description` is that of `sighting.token`; without it the object's `token` is null.
Napi::Object ThreadTokenToJs(Napi::Env env, const ThreadTokenSighting& sighting,
                             const std::optional<TokenDescription>& description);

}  // namespace async_com
