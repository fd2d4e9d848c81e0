#include "testing/remembered_token.h"

#include <mutex>
#include <tuple>
#include <utility>

#include "com/lock.h"
#include "security/thread_token.h"

namespace async_com {

namespace {

Lock mutex;
Token remembered;

}  // namespace

void RememberToken() noexcept {
  ThreadToken here = TokenOfThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
  if (here.IsPresent()) {
    const std::lock_guard lock(mutex);
    remembered = std::move(here.token);
  }
}

void PutRememberedToken() noexcept {
  const std::lock_guard lock(mutex);
  if (remembered) {
    std::ignore = TrySetThisThreadToken(&remembered);
    remembered = Token();
  }
}

}  // namespace async_com
