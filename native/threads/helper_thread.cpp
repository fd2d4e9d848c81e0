#include "threads/helper_thread.h"

#include <utility>

#include "security/clean_thread.h"
#include "security/server_security.h"
#include "security/thread_token.h"
#include "threads/thread_pool.h"

namespace async_com {

HelperThread::HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> token)
    : security_(std::move(security)), token_(std::move(token)) {}

class HelperThread::WorkTask final : public Task {
 public:
  WorkTask(std::shared_ptr<HelperThread> thread, Started started, Failed failed)
      : thread_(std::move(thread)), started_(std::move(started)), failed_(std::move(failed)) {}

  void Run() noexcept override { thread_->Work(started_, failed_); }
  void ThreadIsClean(ThreadCleaning&&) noexcept override {
    if (thread_->left_) {
      thread_->left_();
    }
  }

 private:
  const std::shared_ptr<HelperThread> thread_;
  const Started started_;
  const Failed failed_;
};

bool HelperThread::Open(Started started, Failed failed) {
  std::unique_ptr<Task> task =
      std::make_unique<WorkTask>(shared_from_this(), std::move(started), std::move(failed));
  return ThreadPool::Helper().TryRun(task);
}

void HelperThread::Work(const Started& started, const Failed& failed) noexcept {
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
    // async-com's own IServerSecurity answers for this thread. COM's answers for the call: if this
    // thread has no token and COM says that the call is impersonated, it is so on another thread.
    const bool ours = ServerSecurity::From(security_.Get()) != nullptr;
    if ((ours || !TokenOfThisThread().IsAbsent()) && security_->IsImpersonating()) {
      security_->RevertToSelf();
    }
    security_.Reset();
  }
}

bool HelperThread::LeaveThen(std::function<void()> left) {
  auto task = MakeTask([this, left = std::move(left)]() mutable { left_ = std::move(left); });
  const bool posted = mailbox_.Post(task);
  mailbox_.Close();
  return posted;
}

}  // namespace async_com
