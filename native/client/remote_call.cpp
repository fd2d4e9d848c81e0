#include "client/remote_call.h"

#include <utility>

#include "client/peer.h"
#include "com/entry.h"

namespace async_com {

RemoteCall::RemoteCall(std::shared_ptr<RemoteObject> object, Body body, Ended ended)
    : PendingCall(object->Calls(), std::move(ended)),
      object_(std::move(object)),
      body_(std::move(body)) {}

class RemoteCall::RunTask final : public Task {
 public:
  explicit RunTask(std::shared_ptr<RemoteCall> call) : call_(std::move(call)) {}

  void Run() noexcept override { call_->Run(); }
  // As for an OutgoingCall.
  bool MayLeaveToken() const noexcept override { return !call_->object_->IsProxy(); }

 private:
  const std::shared_ptr<RemoteCall> call_;
};

void RemoteCall::Start() {
  if (!Calls().Add(shared_from_this())) {
    End(CallResult::Failed(RPC_E_CALL_CANCELED));
    return;
  }
  try {
    object_->GetPeer()->Calls().Run(std::make_unique<RunTask>(shared_from_this()));
  } catch (...) {
    Calls().Remove(this);
    throw;
  }
}

void RemoteCall::Run() noexcept {
  // The call was cancelled while it waited for a thread.
  if (HasEnded()) {
    return;
  }
  CallResult result;
  result.hresult = Guarded([&] {
    result = body_(*object_);
    return result.hresult;
  });
  End(std::move(result));
}

bool RemoteCall::Cancel() noexcept { return End(CallResult::Failed(RPC_E_CALL_CANCELED)); }

}  // namespace async_com
