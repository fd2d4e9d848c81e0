#pragma once

namespace async_com {

// Sets COM's security for this process, with defaults that are the safe ones: only this account,
// SYSTEM and administrators may call, from this machine; calls are encrypted and authenticated;
// servers we call may identify us, not impersonate; values that arrive may not bring marshalers of
// their own. Where the host program has already set its own, that stands.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coinitializesecurity
void InitializeProcessSecurity();

}  // namespace async_com
