#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>
#include <optional>

#include "call/call_result.h"
#include "call/client_object.h"
#include "com/lock.h"
#include "com/ref_count.h"

namespace async_com {

// A client's call object, the system's or ours, used step by step through COM's own interfaces.
// All but the destructor on a client thread; each may block it.
class CallObject {
 public:
  // Throws ComFailure.
  explicit CallObject(std::shared_ptr<ClientObject> object);
  CallObject(const CallObject&) = delete;
  CallObject& operator=(const CallObject&) = delete;
  // Any thread: releases on a worker thread.
  ~CallObject();

  HRESULT Begin(const Bstr& method, const SafeArray& arguments) noexcept;
  HRESULT Wait(DWORD milliseconds) noexcept;
  // The call's own failure is in the result's `hresult`.
  CallResult Finish() noexcept;
  HRESULT Cancel(ULONG seconds) noexcept;

 private:
  std::shared_ptr<ClientObject> object_;
  ComPtr<IUnknown> call_;
  ComPtr<AsyncIMethodCall> asynchronous_;
  ComPtr<ISynchronize> synchronize_;
  ComPtr<ICancelMethodCalls> cancel_;
  Lock mutex_;
  std::optional<GUID> cancel_id_;  // of the call begun last
};

}  // namespace async_com
