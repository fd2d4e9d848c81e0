#pragma once

#include <windows.h>

#include <memory>

#include "security/token.h"

namespace async_com {

// What some of the faults in call/fault.h do. Nothing of it exists in the released addon.

// Puts the calling thread's token on another thread of this process too.
void CopyTokenToThread(DWORD thread_id);

// Counts, over all calls, the threads that impersonate: adds `change`, gives the new count.
int ImpersonatingAnywhere(int change) noexcept;

// What faults remember of a call, which they name by its CallSecurity: on which thread it was
// signalled, whether and how often it was impersonated since it last began to be.
void NoteSignal(const void* call, bool on_begin_thread) noexcept;
bool WasSignalledOnBeginThread(const void* call) noexcept;
void NoteImpersonation(const void* call, bool first) noexcept;
bool HasEverImpersonated(const void* call) noexcept;
bool IsLastRevert(const void* call) noexcept;  // counts it
void ForgetCall(const void* call) noexcept;

// Keeps the calling thread's token, if it has one; and puts the one kept last on a thread, once.
void RememberToken() noexcept;
void PutRememberedToken() noexcept;

// The calling thread's next cleaning leaves its token where it is.
void KeepTokenOnce() noexcept;
bool KeepsToken() noexcept;  // forgets it

// Every token that was duplicated for a call and is still in use becomes empty.
void NoteDuplicate(const std::shared_ptr<Token>& token);
void EmptyDuplicates() noexcept;

}  // namespace async_com
