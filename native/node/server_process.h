#pragma once

#include <napi.h>

namespace async_com {

// ServerProcess as JavaScript has it.

// resumeClassObjects(): promises an Outcome.
Napi::Value ResumeClassObjectsFromJs(const Napi::CallbackInfo& info);
// suspendIfUnused(): promises an Outcome whose value is whether COM sends no more.
Napi::Value SuspendIfUnusedFromJs(const Napi::CallbackInfo& info);
// closeIfUnused(): whether the process takes no more objects from now on.
Napi::Value CloseIfUnusedFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
