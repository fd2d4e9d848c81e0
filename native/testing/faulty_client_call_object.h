#pragma once

namespace async_com {

// From now on the call objects of clients can break the rules about calls.
void InstallFaultyClientCallObject() noexcept;

}  // namespace async_com
