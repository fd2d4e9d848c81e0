#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <utility>

#include "com/lock.h"
#include "com/ref_count.h"
#include "idl/generated/method_call.h"
#include "security/call_security.h"
#include "security/clean_thread.h"

namespace async_com {

// The controlling unknown of a server call object where COM has none for it, with the ISynchronize
// that COM's would have. The bridge makes one for each call; ICallFactory::CreateCall makes one for
// a caller who brings no controlling unknown.
class BridgeCall final : public ISynchronize {
 public:
  explicit BridgeCall(ComPtr<CallSecurity> security);
  BridgeCall(const BridgeCall&) = delete;
  BridgeCall& operator=(const BridgeCall&) = delete;

  // The server call object, which was made with this as its controlling unknown.
  void Aggregates(ComPtr<IUnknown> call_object) noexcept { call_object_ = std::move(call_object); }

  // Begin_Call, on a Begin_ thread, with its call context. What the arguments point to is not
  // touched once it is known that they may be gone: after Signal.
  void RunBegin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept;
  // Then, on the same thread: what Begin_'s return found on it, and left.
  void BeginReturned(ThreadCleaning&& cleaning) noexcept;

  // On the RPC thread: waits for Signal, then Finish_Call.
  HRESULT Finish(VARIANT* result, CallError* error) noexcept;

  // IUnknown
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;

  // ISynchronize
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

 private:
  ~BridgeCall() = default;

  RefCount references_;
  // Not an event: a kernel object less to make, set, wait for and close for each call.
  Lock mutex_;
  Condition signalled_changed_;
  bool signalled_ = false;
  ComPtr<CallSecurity> security_;
  ComPtr<IUnknown> call_object_;
  HRESULT begin_result_ = S_OK;  // read once it is signalled
};

}  // namespace async_com
