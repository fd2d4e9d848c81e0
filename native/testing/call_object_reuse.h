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

// What the client got from Finish_.
struct CallObjectFinish {
  bool waited = false;  // Finish_ returned only after the call was signalled
  HRESULT finished = E_FAIL;
  HRESULT refused_begin = E_FAIL;  // Begin_ on another call object, while the server is busy
  HRESULT finish_after_that = E_FAIL;
  HRESULT finish_again = E_FAIL;
};

// What a client got that asked CreateCall, with a controlling unknown, for AsyncIMethodCall.
struct CallObjectByInterface {
  HRESULT created = E_FAIL;
  bool counts_controlling_unknown = false;  // a reference to the interface is one to that object
  int objects_left = 0;                     // after the release
};

// These must be called on a thread of the multithreaded apartment. They throw ComFailure.
CallObjectReuse ReuseServerCallObject();
CallObjectFinish FinishServerCallObject();
CallObjectByInterface CreateServerCallByInterface();

}  // namespace async_com
