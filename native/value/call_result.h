#pragma once

#include <windows.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

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
  // Keeps the objects in `value` that another process owns, so that the value can be destroyed on
  // any thread. It must be destroyed after the value.
  std::shared_ptr<void> held;
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
