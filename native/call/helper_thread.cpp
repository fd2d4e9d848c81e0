#include "call/helper_thread.h"

#include <utility>

#include "call/thread_pool.h"
#include "security/call_security.h"
#include "security/clean_thread.h"
#include "security/worn_level.h"

namespace async_com {

HelperThread::HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> worn)
    : security_(std::move(security)), worn_(std::move(worn)) {}

bool HelperThread::Open(Started started, std::function<void(DWORD error)> failed) {
  auto task = MakeTask([self = shared_from_this(), started = std::move(started),
                        failed = std::move(failed)] { self->Work(started, failed); });
  return ThreadPool::Helper().TryRun(std::move(task)) == nullptr;
}

void HelperThread::Work(const Started& started,
                        const std::function<void(DWORD error)>& failed) noexcept {
  if (worn_ != nullptr) {
    const DWORD error = TryWearToken(*worn_);
    if (error != ERROR_SUCCESS) {
      mailbox_.Leave();
      failed(error);
      return;
    }
  }
  started(GetCurrentThreadId());
  mailbox_.Serve();
  if (security_ != nullptr) {
    // COM's own pointer tells of the call, ours of this thread: without a token here, what COM says
    // is impersonated is another thread's.
    const bool ours = CallSecurity::From(security_.Get()) != nullptr;
    if ((ours || !LookAtThisThread().IsAbsent()) && security_->IsImpersonating()) {
      security_->RevertToSelf();
    }
    security_.Reset();
  }
  CleanThreadOrEndProcess();
  if (left_) {
    left_();
  }
}

void HelperThread::LeaveThen(std::function<void()> left) noexcept {
  left_ = std::move(left);
  Leave();
}

}  // namespace async_com
