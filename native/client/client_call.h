#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>
#include <optional>

#include "client/connection.h"
#include "com/com_ptr.h"
#include "com/lock.h"
#include "value/call_result.h"

namespace async_com {

// A client's call object, the system's or ours, used step by step through COM's own interfaces.
// All but the destructor on a client thread; each may block it.
class ClientCall {
 public:
  // Throws ComFailure.
  explicit ClientCall(std::shared_ptr<Connection> connection);
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;
  // Any thread: releases on a worker thread.
  ~ClientCall();

  HRESULT Begin(const Bstr& method, const SafeArray& arguments) noexcept;
  HRESULT Wait(DWORD milliseconds) noexcept;
  // The call's own failure is in the result's `hresult`.
  CallResult Finish() noexcept;
  HRESULT Cancel(ULONG seconds) noexcept;

 private:
  std::shared_ptr<Connection> connection_;
  ComPtr<IUnknown> call_;
  ComPtr<AsyncIMethodCall> asynchronous_;
  ComPtr<ISynchronize> synchronize_;
  ComPtr<ICancelMethodCalls> cancel_;
  Lock mutex_;
  std::optional<GUID> cancel_id_;  // of the call begun last
};

}  // namespace async_com
