#pragma once

#include <napi.h>

namespace async_com {

// The functions of ServerProcess that JavaScript sees.

// resumeClassObjects(): returns a promise of an Outcome.
Napi::Value ResumeClassObjectsFromJs(const Napi::CallbackInfo& info);
// suspendIfUnused(): returns a promise of an Outcome whose value is whether COM was told to send no
// more clients.
Napi::Value SuspendIfUnusedFromJs(const Napi::CallbackInfo& info);
// closeIfUnused(): returns whether the process takes no more objects from now on.
Napi::Value CloseIfUnusedFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
