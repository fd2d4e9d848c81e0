#pragma once

#include <windows.h>

#include "value/variant.h"

namespace async_com {

// How a call ends, staged before Signal: COM may ask for it from inside Signal.
struct CallResult {
  // A failure here is the call's own: no handler answered, and the rest is not used.
  HRESULT hresult = S_OK;
  Variant value;
  // A failure here is the handler's.
  HRESULT handler_error = S_OK;
  Bstr source;
  Bstr description;

  static CallResult Failed(HRESULT failure) {
    CallResult result;
    result.hresult = failure;
    return result;
  }
};

}  // namespace async_com
