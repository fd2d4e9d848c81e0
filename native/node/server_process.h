#pragma once

#include <napi.h>

namespace async_com {

// ServerProcess as JavaScript has it.

// resumeClassObjects(): promises an Outcome.
Napi::Value ResumeClassObjectsFromJs(const Napi::CallbackInfo& info);
// endServerGrace(): promises an Outcome whose value is whether nobody has come.
Napi::Value EndServerGraceFromJs(const Napi::CallbackInfo& info);
// closeIfUnused(): whether the process takes no more objects from now on.
Napi::Value CloseIfUnusedFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
