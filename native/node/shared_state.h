#pragma once

#include <napi.h>

namespace async_com {

// What programs need that share state on one machine. Both run at once, on the JavaScript thread.

// withNamedMutex(name, milliseconds, body): an Outcome. Calls `body` while this process holds the
// mutex; does not call it if the outcome is a failure. Throws what `body` throws.
Napi::Value WithNamedMutexFromJs(const Napi::CallbackInfo& info);
// processStart(processId): a bigint that tells the process from another one with the same id; null
// if no such process runs, 0 if it does not tell.
Napi::Value ProcessStartFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
