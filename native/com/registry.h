#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace async_com {

// Owns an open key of the registry.
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

// REG_SZ or REG_DWORD: all that COM's keys have. Nothing for a value of another type.
using RegistryData = std::variant<std::monostate, std::wstring, DWORD>;

struct RegistryValue {
  std::wstring name;  // empty for the key's default value
  RegistryData data;
};

struct RegistryKeyContents {
  std::vector<RegistryValue> values;
  std::vector<std::wstring> subkeys;
};

// All of these throw Win32Error.

// Nothing where there is no such key.
std::optional<RegistryKeyContents> ReadRegistryKey(HKEY hive, const std::wstring& path);

// Makes the key, and those above it, where they are not there.
void WriteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name,
                        const RegistryData& data);

// False where there is no such value.
bool DeleteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name);

// False where there is no such key, or where it has something in it: that stays.
bool DeleteEmptyRegistryKey(HKEY hive, const std::wstring& path);

}  // namespace async_com
