#pragma once

namespace async_com {

// One token, for the faults that put a token on a thread that must not have it.

// Remembers the calling thread's token, if the thread has one.
void RememberToken() noexcept;
// Puts the token that was remembered last on the calling thread, once.
void PutRememberedToken() noexcept;

}  // namespace async_com
