#pragma once

#include <windows.h>

namespace async_com {

// Runs Begin_ for a call that JavaScript has before Begin_ runs. At most one of the two functions
// starts Begin_, once.
class BeginStarter {
 public:
  virtual ~BeginStarter() = default;

  // Runs Begin_ on a Begin_ thread, which is lent to the call. Fails if no thread is available.
  virtual HRESULT BeginOnLentThread() noexcept = 0;

  // Runs Begin_ on the RPC thread that brought the call and waits for its answer.
  virtual void BeginOnRpcThread() noexcept = 0;
};

}  // namespace async_com
