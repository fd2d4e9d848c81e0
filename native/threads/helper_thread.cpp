#include "threads/helper_thread.h"

#include <utility>

#include "security/clean_thread.h"
#include "security/server_security.h"
#include "security/thread_token.h"
#include "threads/thread_pool.h"

namespace async_com {

HelperThread::HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> token)
    : security_(std::move(security)), token_(std::move(token)) {}

bool HelperThread::Open(Started started, std::function<void(DWORD error)> failed) {
  auto task = MakeTask([self = shared_from_this(), started = std::move(started),
                        failed = std::move(failed)] { self->Work(started, failed); });
  return ThreadPool::Helper().TryRun(task);
}

void HelperThread::Work(const Started& started,
                        const std::function<void(DWORD error)>& failed) noexcept {
  if (token_ != nullptr) {
    const DWORD error = TrySetTokenAtItsLevel(*token_);
    if (error != ERROR_SUCCESS) {
      mailbox_.Close();
      failed(error);
      return;
    }
  }
  started(GetCurrentThreadId());
  mailbox_.Serve();
  if (security_ != nullptr) {
    // COM's own pointer speaks for the call, ours for this thread: where this thread has no token,
    // a call that COM says is impersonated is so on another thread.
    const bool ours = ServerSecurity::From(security_.Get()) != nullptr;
    if ((ours || !TokenOfThisThread().IsAbsent()) && security_->IsImpersonating()) {
      security_->RevertToSelf();
    }
    security_.Reset();
  }
  CleanThreadOrEndProcess();
  if (left_) {
    left_();
  }
}

bool HelperThread::LeaveThen(std::function<void()> left) {
  auto task = MakeTask([this, left = std::move(left)]() mutable { left_ = std::move(left); });
  const bool posted = mailbox_.Post(task);
  mailbox_.Close();
  return posted;
}

}  // namespace async_com
