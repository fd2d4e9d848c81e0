#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>

#include "com/lock.h"
#include "com/object.h"
#include "idl/generated/method_call.h"
#include "server/server_call.h"
#include "value/call_result.h"

namespace async_com {

class Server;

// The server call object. It has AsyncIMethodCall and is always aggregated. Its controlling unknown
// holds it and has ISynchronize. That is COM's on the system path and a ControllingUnknown
// otherwise. The object can be used for one call after another.
class ServerCallObject : public AggregatedObject<AsyncIMethodCall> {
 public:
  ServerCallObject(std::shared_ptr<Server> server, ServerCall::Target target, IUnknown* controlling)
      : AggregatedObject(controlling), server_(std::move(server)), target_(std::move(target)) {}

  // The answer of a call may be left that nobody took: its client is gone.
  ~ServerCallObject() override;

  // For the bridge. Sets the call that Begin_Call is for, which JavaScript already has.
  void Expect(std::shared_ptr<ServerCall> call) noexcept { expected_ = std::move(call); }

  // Called if the caller gave no controlling unknown. It is in this apartment and is not COM, which
  // always gives one. Its Finish_ waits until the call is signalled. COM calls Finish_ only after
  // that.
  void SetAlone() noexcept { is_alone_ = true; }

  // Takes the answer of the call in progress, as Finish_Call does.
  HRESULT Finish(CallResult& answer);

  // AsyncIMethodCall
  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR method, SAFEARRAY* arguments,
                                       const GUID* cancel_id) noexcept override;
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override;

 private:
  // Keeps the failure of Begin_ for Finish_. Returns what Begin_ returns.
  HRESULT BeginFailed(HRESULT hresult) noexcept;
  // Takes the answer of the call in progress. Returns the failure of a Begin_ that failed, once.
  HRESULT TakeAnswer(CallResult& answer) noexcept;
  HRESULT Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id);
  // Makes the ServerCall of a call that nobody has seen yet.
  std::shared_ptr<ServerCall> NewCall(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id,
                                      ComPtr<ISynchronize> synchronize);
  bool IsExpected() noexcept;

  const std::shared_ptr<Server> server_;
  const ServerCall::Target target_;
  bool is_alone_ = false;
  Lock mutex_;
  std::shared_ptr<ServerCall> expected_;
  std::shared_ptr<ServerCall> call_;  // set from Begin_ to Finish_
  HRESULT begin_failure_ = S_OK;      // set from a Begin_ that failed to Finish_
};

}  // namespace async_com
