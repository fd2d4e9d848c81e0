#pragma once

namespace async_com {

// One token, kept by the faults that carry a token to where it must not be.

// Keeps the calling thread's token, if it has one.
void RememberToken() noexcept;
// Puts the token that was kept last on the calling thread, once.
void PutRememberedToken() noexcept;

}  // namespace async_com
