#pragma once

#include <windows.h>

namespace async_com {

// Only in the test build: one server call object, used for two calls by a client in its own
// apartment, who sees the object itself and not one of COM's.
struct CallObjectReuse {
  HRESULT wait_after_first = E_FAIL;  // the first call is complete
  HRESULT wait_during_second = E_FAIL;
  HRESULT wait_after_second = E_FAIL;
};

// On a thread of the multithreaded apartment. Throws ComFailure.
CallObjectReuse ReuseServerCallObject();

}  // namespace async_com
