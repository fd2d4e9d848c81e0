#include "server/bridge.h"

#include <objbase.h>

#include <system_error>
#include <utility>

#include "com/com_ptr.h"
#include "com/entry.h"
#include "com/object.h"
#include "security/clean_thread.h"
#include "security/server_security.h"
#include "server/controlling_unknown.h"
#include "server/server.h"
#include "server/server_call_object.h"
#include "server/server_object.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

class Bridge final : public BeginStarter, public std::enable_shared_from_this<Bridge> {
 public:
  Bridge(ComPtr<ServerSecurity> security, ComPtr<ControllingUnknown> unknown,
         ComPtr<AsyncIMethodCall> call_object)
      : security_(std::move(security)),
        unknown_(std::move(unknown)),
        call_object_(std::move(call_object)) {}

  // Called before anything else. The bridge holds the call until Begin_ has returned.
  void SetCall(std::shared_ptr<ServerCall> call) noexcept { call_ = std::move(call); }

  HRESULT BeginOnLentThread() noexcept override;
  void BeginOnRpcThread() noexcept override { unknown_->GiveTurn(); }

  // Called on a Begin_ thread, or on the RPC thread when it gets its turn.
  void RunBegin() noexcept;
  // Called after RunBegin, on the same thread.
  void ReportBegin(std::optional<BeginReturn> report, ServerCall::SignalOn waiting) noexcept;

 private:
  const ComPtr<ServerSecurity> security_;
  const ComPtr<ControllingUnknown> unknown_;
  const ComPtr<AsyncIMethodCall> call_object_;
  std::shared_ptr<ServerCall> call_;
  HRESULT begun_ = S_OK;
};

class BeginTask final : public Task {
 public:
  explicit BeginTask(std::shared_ptr<Bridge> bridge) : bridge_(std::move(bridge)) {}

  void Run() noexcept override { bridge_->RunBegin(); }

  void ThreadIsClean(ThreadCleaning&& cleaning) noexcept override {
    BeginReturn report;
    report.thread_id = GetCurrentThreadId();
    report.found = std::move(cleaning.found);
    report.after = std::move(cleaning.after);
    ComPtr<IUnknown> left_behind;
    report.call_context = CoGetCallContext(IID_PPV_ARGS(&left_behind));
    bridge_->ReportBegin(std::move(report), ServerCall::SignalOn::kCompletionThread);
  }

 private:
  const std::shared_ptr<Bridge> bridge_;
};

HRESULT Bridge::BeginOnLentThread() noexcept {
  try {
    std::unique_ptr<Task> task = std::make_unique<BeginTask>(shared_from_this());
    if (!ThreadPool::Begin().TryRun(task)) {
      // There are as many threads as calls may be in progress, and this call has none. So the
      // thread of a call that is over is about to come back to the pool.
      ThreadPool::Begin().Run(std::move(task));
    }
    return S_OK;
  } catch (const std::system_error&) {
    return HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES);
  } catch (...) {
    return E_OUTOFMEMORY;
  }
}

void Bridge::RunBegin() noexcept {
  begun_ = security_->EnterBegin();
  if (SUCCEEDED(begun_)) {
    const auto& cancel_id = call_->CancelId();
    begun_ = call_object_->Begin_Call(call_->Method(), call_->Arguments(),
                                      cancel_id ? &*cancel_id : nullptr);
    security_->LeaveBegin();
  }
}

void Bridge::ReportBegin(std::optional<BeginReturn> report, ServerCall::SignalOn waiting) noexcept {
  // The call holds this bridge. It may be over after the calls below.
  const auto call = std::move(call_);
  if (SUCCEEDED(begun_)) {
    call->BeginReturned(std::move(report), waiting);
  } else {
    call->BeginFailed(begun_);
  }
}

}  // namespace

CallResult CallThroughBridge(ServerObject& object, ServerCall::Origin origin) {
  origin.rpc_call = RpcCall::OfThisThread();
  const auto security = make_server_security(origin.rpc_call);
  origin.security = security;

  const auto unknown = MakeCom<ControllingUnknown>(security);
  auto* const call_object =
      new ServerCallObject(object.GetServer(), object.Target(), unknown.Get());
  unknown->SetInner(Adopt(call_object->NonDelegating()));
  const ComPtr<AsyncIMethodCall> begin_and_finish(call_object);

  const auto bridge = std::make_shared<Bridge>(security, unknown, begin_and_finish);
  const auto call = std::make_shared<ServerCall>(object.GetServer(), std::move(origin),
                                                 ComPtr<ISynchronize>(unknown.Get()), bridge);
  call_object->Expect(call);
  bridge->SetCall(call);
  const HRESULT admitted = Guarded([&] { return object.GetServer()->Take(call); });
  if (FAILED(admitted)) {
    // Otherwise the call, its bridge and its call object would hold each other.
    bridge->SetCall(nullptr);
    call->Refused();
    return CallResult::Failed(admitted);
  }
  if (unknown->WaitForTurn()) {
    bridge->RunBegin();
    BeginReturn report;
    report.thread_id = GetCurrentThreadId();
    bridge->ReportBegin(std::move(report), ServerCall::SignalOn::kBeginThread);
    unknown->Wait(0, INFINITE);
  }
  CallResult answer;
  const HRESULT finished = call_object->Finish(answer);
  return FAILED(finished) ? CallResult::Failed(finished) : std::move(answer);
}

}  // namespace async_com
