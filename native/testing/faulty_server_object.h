#pragma once

namespace async_com {

// From now on server objects can break the rules about calls.
void InstallFaultyServerObject() noexcept;

}  // namespace async_com
