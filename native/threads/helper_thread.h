#pragma once

#include <windows.h>

#include <objidl.h>

#include <functional>
#include <memory>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "security/token.h"
#include "threads/mailbox.h"

namespace async_com {

// A thread of ours that a handler opened beside Begin_'s, in the same apartment. It keeps a call's
// IServerSecurity pointer, or has a token of its own from the start, until it is left; then what
// it put on itself is taken off before it goes back to its pool.
class HelperThread : public std::enable_shared_from_this<HelperThread> {
 public:
  using Started = std::function<void(DWORD thread_id)>;
  using Failed = std::function<void(DWORD error)>;

  // Either may be empty.
  HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> token);

  // False when every helper thread is taken. Otherwise `started` runs on the thread; or, when the
  // token could not be put on it, `failed` with SetThreadToken's error.
  bool Open(Started started, Failed failed);

  // False once the thread has been left; the caller then still has the task.
  [[nodiscard]] bool Post(std::unique_ptr<Task>& task) { return mailbox_.Post(task); }

  // Behind the tasks that were posted before, the thread goes back to its pool.
  void Leave() noexcept { mailbox_.Close(); }
  // The same; `left` runs on the thread once it is clean. False, and `left` does not run, where the
  // thread has been left already.
  bool LeaveThen(std::function<void()> left);

  // Only on the thread itself.
  IServerSecurity* Security() const noexcept { return security_.Get(); }

 private:
  class WorkTask;

  void Work(const Started& started, const Failed& failed) noexcept;

  ComPtr<IServerSecurity> security_;
  const std::shared_ptr<Token> token_;
  std::function<void()> left_;  // only on the thread itself
  Mailbox mailbox_;
};

}  // namespace async_com
