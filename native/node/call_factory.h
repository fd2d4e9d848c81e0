#pragma once

#include <napi.h>

namespace async_com {

// probeCallFactory(): promises an Outcome whose value is what lib/native.ts calls CallFactoryProbe.
Napi::Value ProbeCallFactoryFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
