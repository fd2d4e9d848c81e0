#pragma once

namespace async_com {

// From now on the IServerSecurity of calls can break the rules about impersonation.
void InstallFaultyServerSecurity() noexcept;

}  // namespace async_com
