#pragma once

#include <windows.h>

#include <objidl.h>

#include <functional>
#include <memory>

#include "call/mailbox.h"
#include "com/ref_count.h"
#include "security/token.h"

namespace async_com {

// A thread of ours that a handler opened beside Begin_'s, in the same apartment. It keeps a call's
// IServerSecurity pointer, or wears a token of its own from the start, until it is left; then what
// it put on itself is taken off before it goes back to its pool.
class HelperThread : public std::enable_shared_from_this<HelperThread> {
 public:
  using Started = std::function<void(DWORD thread_id)>;

  HelperThread(ComPtr<IServerSecurity> security, std::shared_ptr<Token> worn);

  // False when every helper thread is taken. Otherwise `started` runs on the thread; or, when the
  // token could not be put on, `failed` with SetThreadToken's error.
  bool Open(Started started, std::function<void(DWORD error)> failed);
  bool Post(std::unique_ptr<Task> task) { return mailbox_.Post(std::move(task)); }
  void Leave() noexcept { mailbox_.Leave(); }

  // Only on the thread itself.
  IServerSecurity* Security() const noexcept { return security_.Get(); }
  // Leaves; `left` runs when the thread is clean.
  void LeaveThen(std::function<void()> left) noexcept;

 private:
  void Work(const Started& started, const std::function<void(DWORD error)>& failed) noexcept;

  ComPtr<IServerSecurity> security_;
  const std::shared_ptr<Token> worn_;
  std::function<void()> left_;
  Mailbox mailbox_;
};

}  // namespace async_com
