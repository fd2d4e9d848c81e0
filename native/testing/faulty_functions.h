#pragma once

namespace async_com {

// From now on these functions can break a rule: what a pool does with its thread, duplicating a
// token, signalling, asking for the client's blanket, and setting the process's security.
void InstallFaultyFunctions() noexcept;

// The next time that its pool cleans the calling thread, the thread's token stays on it.
void KeepTokenOnce() noexcept;

// Every token that was duplicated and is still in use becomes empty.
void EmptyDuplicates() noexcept;

}  // namespace async_com
