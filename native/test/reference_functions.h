#pragma once

#include <napi.h>

namespace async_com {

// Only in the test build. referenceTo(clsid) promises bytes, connectTo(bytes) a connection.
Napi::Value ReferenceTo(const Napi::CallbackInfo& info);
Napi::Value ConnectTo(const Napi::CallbackInfo& info);

// reuseServerCall() promises what Wait answered after the first call, during and after the second.
Napi::Value ReuseServerCall(const Napi::CallbackInfo& info);

// connectToRecorder(): a connection to what records its blanket.
Napi::Value ConnectToRecorder(const Napi::CallbackInfo& info);
// releasedOn(): see ThreadOfLastRelease.
Napi::Value ReleasedOn(const Napi::CallbackInfo& info);

}  // namespace async_com
