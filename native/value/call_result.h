#pragma once

#include <windows.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "com/wine.h"
#include "idl/generated/method_call.h"
#include "value/variant.h"

namespace async_com {

// Clears the out parameters of a call, as they must be when the call fails.
inline void ClearOuts(VARIANT* result, CallError* error) noexcept {
  VariantInit(result);
  *error = {};
}

// How a call ends. It is staged before Signal, because COM may ask for it from inside Signal.
struct CallResult {
  // A failure here means that no handler answered. The other members are then not used.
  HRESULT hresult = S_OK;
  Variant value;
  // A failure here means that the handler failed.
  HRESULT handler_error = S_OK;
  Bstr source;
  Bstr description;
  // Only late-bound clients get what follows.
  Bstr help_file;
  DWORD help_context = 0;
  // The argument that the client has to correct: it is the reason of `handler_error`.
  std::optional<std::size_t> wrong_argument;
  // What the handler assigned to arguments that were passed by reference.
  struct Assigned {
    std::size_t argument = 0;
    Variant value;
  };
  std::vector<Assigned> assigned;
  // Keeps the objects in `value` that another process owns, so that the value can be destroyed on
  // any thread.
  std::shared_ptr<void> held;

  // Makes the result of a client's call, and takes ownership of what the out parameters hold.
  static CallResult FromOuts(HRESULT called, Variant out, const CallError& error) {
    CallResult result;
    result.hresult = called;
    if (FAILED(called) && MayLeaveOuts(called) && (out.Get().vt & (VT_ARRAY | VT_BYREF)) != 0) {
      // Nobody can free what is there. That it stays in memory is better than a crash.
      out.Detach();
    }
    // JavaScript has no use for objects. They are released on this thread, because a release may
    // wait for another process.
    out.DropObjects();
    result.value = std::move(out);
    *result.source.Put() = error.source;
    *result.description.Put() = error.description;
    // If the call failed, its out parameters mean nothing.
    result.handler_error = FAILED(called) ? S_OK : error.code;
    return result;
  }

  // Fills in the out parameters of a call that ends with this result. The caller frees them. If the
  // call failed, they are cleared.
  HRESULT MoveTo(VARIANT* out, CallError* error) noexcept {
    ClearOuts(out, error);
    if (SUCCEEDED(hresult)) {
      *out = value.Detach();
      error->code = handler_error;
      error->source = source.Detach();
      error->description = description.Detach();
    }
    return hresult;
  }

  static CallResult Failed(HRESULT failure) {
    CallResult result;
    result.hresult = failure;
    return result;
  }
};

}  // namespace async_com
