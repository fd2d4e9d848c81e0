#pragma once

#include <napi.h>

namespace async_com {

// The registry functions that JavaScript sees. They run at once, on the JavaScript thread, because
// they use only a few keys of this machine. Each returns an Outcome. `hive` is 'HKLM', 'HKCU' or
// 'HKCR'. `name` is '' for a key's default value.

// readRegistryKey(hive, path): its value is { values: [{ name, data }], subkeys }, or null if the
// key does not exist.
Napi::Value ReadRegistryKeyFromJs(const Napi::CallbackInfo& info);
// writeRegistryValue(hive, path, name, data): `data` is a string for REG_SZ, a number for
// REG_DWORD.
Napi::Value WriteRegistryValueFromJs(const Napi::CallbackInfo& info);
// deleteRegistryValue(hive, path, name): its value is whether the registry value existed.
Napi::Value DeleteRegistryValueFromJs(const Napi::CallbackInfo& info);
// deleteEmptyRegistryKey(hive, path): its value is whether the key existed and was empty.
Napi::Value DeleteEmptyRegistryKeyFromJs(const Napi::CallbackInfo& info);

}  // namespace async_com
