#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>

#include "call/call.h"
#include "com/lock.h"
#include "com/ref_count.h"
#include "idl/generated/method_call.h"

namespace async_com {

class ObjectCalls;
class Server;

// The server call object: AsyncIMethodCall, always aggregated. Its controlling unknown is COM's on
// the system path and a BridgeCall of ours otherwise; that one answers for ISynchronize. It can be
// used for one call after another.
class ServerCall final : public AsyncIMethodCall {
 public:
  // Gives the non-delegating IUnknown, which the controlling unknown must be the only one to hold.
  static ComPtr<IUnknown> Create(std::shared_ptr<Server> server, std::shared_ptr<ObjectCalls> calls,
                                 IUnknown* controlling);

  ServerCall(const ServerCall&) = delete;
  ServerCall& operator=(const ServerCall&) = delete;

  // IUnknown, the controlling one's.
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;
  ULONG STDMETHODCALLTYPE AddRef() noexcept override;
  ULONG STDMETHODCALLTYPE Release() noexcept override;

  // AsyncIMethodCall
  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override;
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override;

 private:
  class Inner;

  ServerCall(std::shared_ptr<Server> server, std::shared_ptr<ObjectCalls> calls,
             IUnknown* controlling)
      : server_(std::move(server)), calls_(std::move(calls)), controlling_(controlling) {}
  ~ServerCall() = default;

  HRESULT Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id);
  // The call did not begin.
  void Forget() noexcept;

  const std::shared_ptr<Server> server_;
  const std::shared_ptr<ObjectCalls> calls_;
  IUnknown* const controlling_;  // it holds us: no reference back
  Lock mutex_;
  std::shared_ptr<Call> call_;
};

}  // namespace async_com
