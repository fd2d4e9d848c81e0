#pragma once

#include <napi.h>

namespace async_com {

// What only `verify` asks of COM; Probes in lib/native.ts declares it.

// probeCallFactory(): promises an Outcome whose value is what lib/native.ts calls CallFactoryProbe.
Napi::Value ProbeCallFactoryFromJs(const Napi::CallbackInfo& info);

// probeCallObjectBlanket(connection, blanket): promises an Outcome whose value is
// { before, after, proxyAfter }.
Napi::Value ProbeCallObjectBlanketFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
