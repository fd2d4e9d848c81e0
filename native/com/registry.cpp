#include "com/registry.h"

#include <cstring>

#include "com/win32_error.h"

namespace async_com {

namespace {

void ThrowIfError(LSTATUS status, const char* function) {
  if (status != ERROR_SUCCESS) {
    throw Win32Error(static_cast<DWORD>(status), function);
  }
}

// Returns false if the key does not exist.
bool Open(HKEY hive, const std::wstring& path, REGSAM access, UniqueRegistryKey& key) {
  const LSTATUS status = RegOpenKeyExW(hive, path.c_str(), 0, access, key.Put());
  if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND) {
    return false;
  }
  ThrowIfError(status, "RegOpenKeyExW");
  return true;
}

struct Counts {
  DWORD subkeys = 0;
  DWORD longest_subkey = 0;
  DWORD values = 0;
  DWORD longest_value_name = 0;
  DWORD longest_data = 0;
};

Counts Count(HKEY key) {
  Counts counts;
  ThrowIfError(RegQueryInfoKeyW(key, nullptr, nullptr, nullptr, &counts.subkeys,
                                &counts.longest_subkey, nullptr, &counts.values,
                                &counts.longest_value_name, &counts.longest_data, nullptr, nullptr),
               "RegQueryInfoKeyW");
  return counts;
}

// The stored text may end with no null character, with one, or with several.
std::wstring TextOf(const std::vector<BYTE>& data, DWORD bytes) {
  std::wstring text(bytes / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), data.data(), text.size() * sizeof(wchar_t));
  return text.substr(0, text.find(L'\0'));
}

RegistryData DataOf(DWORD type, const std::vector<BYTE>& data, DWORD bytes) {
  if (type == REG_SZ) {
    return TextOf(data, bytes);
  }
  if (type == REG_DWORD && bytes == sizeof(DWORD)) {
    DWORD number = 0;
    std::memcpy(&number, data.data(), sizeof number);
    return number;
  }
  return {};
}

}  // namespace

std::optional<RegistryKeyContents> ReadRegistryKey(HKEY hive, const std::wstring& path) {
  UniqueRegistryKey key;
  if (!Open(hive, path, KEY_READ, key)) {
    return std::nullopt;
  }
  const Counts counts = Count(key.Get());
  RegistryKeyContents contents;
  // The length of a name does not include its terminating null character.
  std::vector<wchar_t> name(counts.longest_value_name + 1);
  std::vector<BYTE> data(counts.longest_data);
  for (DWORD index = 0; index < counts.values; ++index) {
    auto length = static_cast<DWORD>(name.size());
    auto bytes = static_cast<DWORD>(data.size());
    DWORD type = REG_NONE;
    const LSTATUS status =
        RegEnumValueW(key.Get(), index, name.data(), &length, nullptr, &type, data.data(), &bytes);
    if (status == ERROR_NO_MORE_ITEMS) {
      break;
    }
    ThrowIfError(status, "RegEnumValueW");
    contents.values.push_back({{name.data(), length}, DataOf(type, data, bytes)});
  }
  std::vector<wchar_t> subkey(counts.longest_subkey + 1);
  for (DWORD index = 0; index < counts.subkeys; ++index) {
    auto length = static_cast<DWORD>(subkey.size());
    const LSTATUS status =
        RegEnumKeyExW(key.Get(), index, subkey.data(), &length, nullptr, nullptr, nullptr, nullptr);
    if (status == ERROR_NO_MORE_ITEMS) {
      break;
    }
    ThrowIfError(status, "RegEnumKeyExW");
    contents.subkeys.emplace_back(subkey.data(), length);
  }
  return contents;
}

void WriteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name,
                        const RegistryData& data) {
  UniqueRegistryKey key;
  ThrowIfError(RegCreateKeyExW(hive, path.c_str(), 0, nullptr, REG_OPTION_NON_VOLATILE,
                               KEY_SET_VALUE, nullptr, key.Put(), nullptr),
               "RegCreateKeyExW");
  LSTATUS status = ERROR_INVALID_DATA;
  if (const auto* text = std::get_if<std::wstring>(&data)) {
    status = RegSetValueExW(key.Get(), name.c_str(), 0, REG_SZ,
                            reinterpret_cast<const BYTE*>(text->c_str()),
                            static_cast<DWORD>((text->size() + 1) * sizeof(wchar_t)));
  } else if (const auto* number = std::get_if<DWORD>(&data)) {
    status = RegSetValueExW(key.Get(), name.c_str(), 0, REG_DWORD,
                            reinterpret_cast<const BYTE*>(number), sizeof *number);
  }
  ThrowIfError(status, "RegSetValueExW");
}

bool DeleteRegistryValue(HKEY hive, const std::wstring& path, const std::wstring& name) {
  UniqueRegistryKey key;
  if (!Open(hive, path, KEY_SET_VALUE, key)) {
    return false;
  }
  const LSTATUS status = RegDeleteValueW(key.Get(), name.c_str());
  if (status == ERROR_FILE_NOT_FOUND) {
    return false;
  }
  ThrowIfError(status, "RegDeleteValueW");
  return true;
}

bool DeleteEmptyRegistryKey(HKEY hive, const std::wstring& path) {
  {
    UniqueRegistryKey key;
    if (!Open(hive, path, KEY_READ, key)) {
      return false;
    }
    const Counts counts = Count(key.Get());
    if (counts.subkeys > 0 || counts.values > 0) {
      return false;
    }
  }
  ThrowIfError(RegDeleteKeyW(hive, path.c_str()), "RegDeleteKeyW");
  return true;
}

}  // namespace async_com
