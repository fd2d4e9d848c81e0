#pragma once

#include <napi.h>

#include "automation/type_library.h"

namespace async_com {

// Reads what lib/automation/library-contents.ts makes (lib/native/type-library.ts).
LibraryContents LibraryFromJs(const Napi::Object& contents);

// writeTypeLibrary(contents, file): a promise of an Outcome. If it failed, its value is the name of
// what the failure is about.
Napi::Value WriteTypeLibraryFromJs(const Napi::CallbackInfo& info);

// readTypeLibrary(file): a promise of an Outcome. Its value is a NativeTypeLibraryFile.
Napi::Value ReadTypeLibraryFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
