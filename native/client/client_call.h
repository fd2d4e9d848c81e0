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

// A call object of a client, used step by step through COM's own interfaces. It is COM's or, if COM
// has none, a ClientCallObject. All functions except the destructor must be called on a thread of
// the multithreaded apartment, which they may block.
class ClientCall {
 public:
  // Throws ComFailure.
  explicit ClientCall(std::shared_ptr<Connection> connection);
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;
  // Any thread may call it. The call object is released on another thread.
  ~ClientCall();

  Connection& GetConnection() const noexcept { return *connection_; }

  HRESULT Begin(const Bstr& method, const SafeArray& arguments) noexcept;
  HRESULT Wait(DWORD milliseconds) noexcept;
  // If the call failed, the result's `hresult` is the failure.
  CallResult Finish() noexcept;
  HRESULT Cancel(ULONG seconds) noexcept;
  HRESULT TestCancel() noexcept;

 private:
  std::shared_ptr<Connection> connection_;
  ComPtr<IUnknown> call_;
  ComPtr<AsyncIMethodCall> asynchronous_;
  ComPtr<ISynchronize> synchronize_;
  ComPtr<ICancelMethodCalls> cancel_;
  Lock mutex_;
  std::optional<GUID> cancel_id_;  // the id of the call that was begun last
};

}  // namespace async_com
