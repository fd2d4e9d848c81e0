#pragma once

#include <windows.h>

#include <objidl.h>
#include <rpc.h>

#include <memory>
#include <mutex>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "idl/generated/method_call.h"
#include "testing/double/behaviour.h"
#include "testing/double/call_context.h"
#include "testing/double/in_data.h"
#include "value/variant.h"

namespace async_com {

class CallUnknown;

// One call that the double makes asynchronously, as COM's stub does (steps 2 to 10 of
// server_double.h). Its CallUnknown, the RPC thread and Begin_'s thread share it.
class AsynchronousCall : public std::enable_shared_from_this<AsynchronousCall> {
 public:
  // Called on the RPC thread. Throws ComFailure or std::bad_alloc.
  AsynchronousCall(Behaviour behaviour, BSTR method, SAFEARRAY* arguments, const GUID* cancel_id);
  AsynchronousCall(const AsynchronousCall&) = delete;
  AsynchronousCall& operator=(const AsynchronousCall&) = delete;
  ~AsynchronousCall();

  // Makes the call object. If this fails, the call must be made synchronously.
  HRESULT Create(ICallFactory& factory);

  // Has Begin_ run on a thread of its own, and waits for the reply.
  HRESULT Run(VARIANT* result, CallError* error);

  Behaviour GetBehaviour() const noexcept { return behaviour_; }

  // ISynchronize of the controlling unknown.
  HRESULT Signal() noexcept;
  HRESULT Reset() noexcept;

 private:
  void Begin() noexcept;
  HRESULT BeginInContext() noexcept;
  void BeginFailed(HRESULT hresult) noexcept;
  void Finish() noexcept;
  void Reply(HRESULT hresult, Variant result, const CallError& error) noexcept;
  void ReplyFailure(HRESULT hresult) noexcept;
  void ReleaseIfOver() noexcept;
  void Release() noexcept;

  const Behaviour behaviour_;
  const RPC_BINDING_HANDLE rpc_call_;
  const ComPtr<CallContext> context_;
  InData in_;

  Lock mutex_;
  Condition replied_;
  bool has_reply_ = false;
  bool signalled_ = false;  // one caller of Signal goes on
  bool begin_returned_ = false;
  bool released_ = false;
  DWORD begin_thread_ = 0;  // while Begin_ runs
  HRESULT hresult_ = S_OK;
  Variant result_;
  CallError error_{};

  // The controlling unknown, what CreateCall returned of the call object (usually its
  // non-delegating IUnknown), and its AsyncIMethodCall.
  ComPtr<CallUnknown> controlling_;
  ComPtr<IUnknown> call_object_;
  ComPtr<AsyncIMethodCall> begin_and_finish_;
};

// Returns the RPC call of a thread of the double while it runs Begin_, and null on other threads.
RPC_BINDING_HANDLE RpcCallOfBeginThread() noexcept;

}  // namespace async_com
