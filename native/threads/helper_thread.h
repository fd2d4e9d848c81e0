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

// A pool thread that a handler opens beside Begin_'s thread, in the same apartment. It keeps a
// call's IServerSecurity pointer, or has a token of its own from the start, until the handler
// leaves it. Then its token is removed, and the thread goes back to its pool. Any thread may call
// these functions unless they say otherwise.
class HelperThread : public std::enable_shared_from_this<HelperThread> {
 public:
  using Started = std::function<void(DWORD thread_id)>;
  using Failed = std::function<void(DWORD error)>;

  // Either may be null.
  HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> token);

  // Returns false if every helper thread is in use. Otherwise `started` runs on the thread. If the
  // token cannot be put on the thread, `failed` runs instead, with the error of
  // TrySetTokenAtItsLevel. Throws std::system_error if no thread can be started.
  bool Open(Started started, Failed failed);

  // Returns false if the thread has been left already. The caller then still has the task.
  [[nodiscard]] bool Post(std::unique_ptr<Task>& task) { return mailbox_.Post(task); }

  // Lets the thread go back to its pool after the tasks that were posted before.
  void Leave() noexcept { mailbox_.Close(); }
  // Does the same. `left` runs on the thread once the thread has no token. Returns false, and does
  // not run `left`, if the thread has been left already.
  bool LeaveThen(std::function<void()> left);

  // Must be called on the thread itself.
  IServerSecurity* Security() const noexcept { return security_.Get(); }

 private:
  class WorkTask;

  void Work(const Started& started, const Failed& failed) noexcept;

  ComPtr<IServerSecurity> security_;
  const std::shared_ptr<Token> token_;
  std::function<void()> left_;  // used only on the thread itself
  Mailbox mailbox_;
};

}  // namespace async_com
