#pragma once

#include <windows.h>

namespace async_com {

// Runs Begin_ of a call that JavaScript has before Begin_ runs. At most one of the two is called
// with success, once.
class BeginStarter {
 public:
  virtual ~BeginStarter() = default;

  // On a Begin_ thread, which is lent for it. A failure means that no thread can be had.
  virtual HRESULT BeginOnLentThread() noexcept = 0;

  // On the RPC thread that brought the call and waits for its answer.
  virtual void BeginOnRpcThread() noexcept = 0;
};

}  // namespace async_com
