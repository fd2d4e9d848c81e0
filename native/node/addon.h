#pragma once

#include <napi.h>

namespace async_com {

// Adds to `exports` everything that the addon gives to JavaScript. `Native` in lib/native/addon.ts
// declares it.
Napi::Object InitAddon(Napi::Env env, Napi::Object exports);

}  // namespace async_com
