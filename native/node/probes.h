#pragma once

#include <napi.h>

namespace async_com {

// The functions that only `verify` uses. `Probes` in lib/native/probes.ts declares them.

// probeCallFactory(): returns a promise of an Outcome whose value is the CallFactoryProbe of
// lib/native/probes.ts.
Napi::Value ProbeCallFactoryFromJs(const Napi::CallbackInfo& info);

// probeCallObjectBlanket(connection, blanket): returns a promise of an Outcome whose value is {
// before, after, proxyAfter }.
Napi::Value ProbeCallObjectBlanketFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
