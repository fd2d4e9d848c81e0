#pragma once

#include <napi.h>

namespace async_com {

// initializeSecurity({ authnLevel, impersonationLevel, capabilities, accessPermissions }): returns
// a promise of an Outcome. What is left out has its default. accessPermissions is SDDL; null lets
// anybody call.
Napi::Value InitializeSecurityFromJs(const Napi::CallbackInfo& info);

// processSecurity(): returns who set the security of the process and, if that was async-com, with
// which values.
Napi::Value ProcessSecurityFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
