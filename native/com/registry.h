#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace async_com {

// Owns an open registry key.
class UniqueRegistryKey {
 public:
  UniqueRegistryKey() noexcept = default;
  UniqueRegistryKey(UniqueRegistryKey&& other) noexcept
      : key_(std::exchange(other.key_, nullptr)) {}
  UniqueRegistryKey(const UniqueRegistryKey&) = delete;
  UniqueRegistryKey& operator=(const UniqueRegistryKey&) = delete;
  UniqueRegistryKey& operator=(UniqueRegistryKey&&) = delete;
  ~UniqueRegistryKey() {
    if (key_ != nullptr) {
      RegCloseKey(key_);
    }
  }

  HKEY Get() const noexcept { return key_; }
  [[nodiscard]] HKEY* Put() noexcept { return &key_; }

 private:
  HKEY key_ = nullptr;
};

// The data of a REG_SZ or REG_DWORD value. COM's keys have no other types. The data of a value of
// another type is std::monostate.
using RegistryData = std::variant<std::monostate, std::wstring, DWORD>;

struct RegistryValue {
  std::wstring name;  // empty for the key's default value
  RegistryData data;
};

struct RegistryKeyContents {
  std::vector<RegistryValue> values;
  std::vector<std::wstring> subkeys;
};

// All functions below throw Win32Error.

// Returns nothing if the key does not exist.
std::optional<RegistryKeyContents> ReadRegistryKey(HKEY hive, const std::wstring& path);

// Creates the key and the keys above it if they do not exist.
void WriteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name,
                        const RegistryData& data);

// Returns false if the value does not exist.
bool DeleteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name);

// Deletes the key if it has no values and no subkeys. Returns false if it does not exist or is not
// empty.
bool DeleteEmptyRegistryKey(HKEY hive, const std::wstring& path);

}  // namespace async_com
