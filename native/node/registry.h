#pragma once

#include <napi.h>

namespace async_com {

// The registry as JavaScript has it, at once and on its thread: a few keys of this machine. Each
// gives an Outcome. `hive` is 'HKLM', 'HKCU' or 'HKCR'; `name` is '' for a key's default value.

// readRegistryKey(hive, path): { values: [{ name, data }], subkeys }, or null.
Napi::Value ReadRegistryKeyFromJs(const Napi::CallbackInfo& info);
// writeRegistryValue(hive, path, name, data): a string for REG_SZ, a number for REG_DWORD.
Napi::Value WriteRegistryValueFromJs(const Napi::CallbackInfo& info);
// deleteRegistryValue(hive, path, name): whether it was there.
Napi::Value DeleteRegistryValueFromJs(const Napi::CallbackInfo& info);
// deleteEmptyRegistryKey(hive, path): whether it was there, and empty.
Napi::Value DeleteEmptyRegistryKeyFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
