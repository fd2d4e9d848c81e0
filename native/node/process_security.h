#pragma once

#include <napi.h>

namespace async_com {

// initializeSecurity({ authnLevel, impersonationLevel, capabilities, accessPermissions }): promises
// an Outcome. Numbers that are left out are the defaults; accessPermissions is SDDL, null for
// anybody.
Napi::Value InitializeSecurityFromJs(const Napi::CallbackInfo& info);

// processSecurity(): who set it and, where that was async-com, with what.
Napi::Value ProcessSecurityFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
