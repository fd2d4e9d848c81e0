#pragma once

namespace async_com {

// From now on these can break a rule: what a pool does with its thread, duplicating a token,
// signalling, asking for the client's blanket, and setting the process's security.
void InstallFaultyFunctions() noexcept;

// The next cleaning of the calling thread by its pool leaves the thread's token where it is.
void KeepTokenOnce() noexcept;

// Every token that was duplicated and is still in use becomes empty.
void EmptyDuplicates() noexcept;

}  // namespace async_com
