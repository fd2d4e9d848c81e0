#include "automation/dictionary_type_info.h"

#include <algorithm>
#include <string_view>

#include "automation/dictionary_members.h"
#include "automation/type_library.h"
#include "com/same_name.h"

namespace async_com {

namespace {

// {6C0C2C5E-0B4F-4B0D-8F0B-3B5D2A9E7714} and the next. Nobody registers them.
constexpr GUID kLibrary = {
    0x6C0C2C5E, 0x0B4F, 0x4B0D, {0x8F, 0x0B, 0x3B, 0x5D, 0x2A, 0x9E, 0x77, 0x14}};
constexpr GUID kInterface = {
    0x6C0C2C5F, 0x0B4F, 0x4B0D, {0x8F, 0x0B, 0x3B, 0x5D, 0x2A, 0x9E, 0x77, 0x14}};
constexpr const wchar_t* kName = L"Dictionary";

bool IsIdentifier(std::wstring_view name) noexcept {
  constexpr std::size_t kLongest = 255;
  const auto is_letter = [](wchar_t c) {
    return (c >= L'A' && c <= L'Z') || (c >= L'a' && c <= L'z') || c == L'_';
  };
  return !name.empty() && name.size() <= kLongest && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](wchar_t c) { return is_letter(c) || (c >= L'0' && c <= L'9'); });
}

LibraryFunction Function(std::wstring_view name, DISPID id, INVOKEKIND kind, VARTYPE type) {
  LibraryFunction function;
  function.name = name;
  function.dispid = id;
  function.kind = kind;
  function.returns = LibraryType{type, {}};
  return function;
}

}  // namespace

ComPtr<ITypeInfo> TypeInfoOfDictionary(const std::vector<std::pair<std::wstring, DISPID>>& keys) {
  LibraryClass described;
  described.name = kName;
  described.interface_name = kName;
  described.iid = kInterface;
  for (const DictionaryMember& member : kDictionaryMembers) {
    LibraryFunction function = Function(member.name, member.id, member.kind, member.type);
    if (member.takes_key) {
      LibraryParameter key;
      key.name = L"key";
      function.parameters.push_back(std::move(key));
    }
    function.restricted = function.hidden = member.id == DISPID_NEWENUM;
    described.functions.push_back(std::move(function));
  }
  for (const auto& key : keys) {
    const std::wstring& name = key.first;
    const bool is_new = std::none_of(
        described.functions.begin(), described.functions.end(),
        [&](const LibraryFunction& function) { return IsSameName(function.name, name); });
    if (is_new && IsIdentifier(name)) {
      described.functions.push_back(Function(name, key.second, INVOKE_PROPERTYGET, VT_VARIANT));
    }
  }
  LibraryContents library;
  library.name = L"DictionaryLib";
  library.libid = kLibrary;
  library.classes.push_back(std::move(described));
  return TypeInfoOf(library, kName).interface_info;
}

}  // namespace async_com
