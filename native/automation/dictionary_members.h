#pragma once

#include <windows.h>

#include <oaidl.h>

#include <array>
#include <string_view>

namespace async_com {

// The members that a dictionary has beside its keys.
struct DictionaryMember {
  std::wstring_view name;
  DISPID id;
  INVOKEKIND kind;
  VARTYPE type;
  bool takes_key;
};

inline constexpr DISPID kDictionaryCount = 0x60020000;
inline constexpr DISPID kDictionaryKeys = kDictionaryCount + 1;
inline constexpr DISPID kDictionaryExists = kDictionaryCount + 2;

inline constexpr std::array<DictionaryMember, 5> kDictionaryMembers{
    {{L"Item", DISPID_VALUE, INVOKE_PROPERTYGET, VT_VARIANT, true},
     {L"Count", kDictionaryCount, INVOKE_PROPERTYGET, VT_I4, false},
     {L"Keys", kDictionaryKeys, INVOKE_PROPERTYGET, VT_VARIANT, false},
     {L"Exists", kDictionaryExists, INVOKE_FUNC, VT_BOOL, true},
     {L"_NewEnum", DISPID_NEWENUM, INVOKE_PROPERTYGET, VT_UNKNOWN, false}}};

}  // namespace async_com
