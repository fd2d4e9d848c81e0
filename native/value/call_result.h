#pragma once

#include <windows.h>

#include <utility>

#include "idl/generated/method_call.h"
#include "value/variant.h"

namespace async_com {

// The outs of a call as they are where it fails.
inline void ClearOuts(VARIANT* result, CallError* error) noexcept {
  VariantInit(result);
  *error = {};
}

// How a call ends, staged before Signal: COM may ask for it from inside Signal.
struct CallResult {
  // A failure here is the call's own: no handler answered, and the rest is not used.
  HRESULT hresult = S_OK;
  Variant value;
  // A failure here is the handler's.
  HRESULT handler_error = S_OK;
  Bstr source;
  Bstr description;

  // What a client's call gave; takes over what the outs hold.
  static CallResult FromOuts(HRESULT called, Variant out, const CallError& error) {
    CallResult result;
    result.hresult = called;
    // Here, where a release may wait for another process: JavaScript has no use for objects.
    out.DropObjects();
    result.value = std::move(out);
    *result.source.Put() = error.source;
    *result.description.Put() = error.description;
    // Outs may carry nothing beside a failure.
    result.handler_error = FAILED(called) ? S_OK : error.code;
    return result;
  }

  // The outs of a call that ends so, which the caller frees; they are cleared where it failed.
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
