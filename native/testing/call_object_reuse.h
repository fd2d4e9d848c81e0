#pragma once

#include <windows.h>

namespace async_com {

// For tests: what ISynchronize::Wait returned while a client used one server call object for two
// calls. The client is in the object's own apartment, so it uses the object itself and not one of
// COM's.
struct CallObjectReuse {
  HRESULT wait_after_first = E_FAIL;  // after the first call has completed
  HRESULT wait_during_second = E_FAIL;
  HRESULT wait_after_second = E_FAIL;
};

// Must be called on a thread of the multithreaded apartment. Throws ComFailure.
CallObjectReuse ReuseServerCallObject();

}  // namespace async_com
