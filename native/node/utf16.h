#pragma once

#include <napi.h>

#include <optional>
#include <string>
#include <string_view>

#include "value/variant.h"

namespace async_com {

// These convert between JavaScript's strings and Windows's. Both are UTF-16, and wchar_t has 16
// bits on Windows.
static_assert(sizeof(wchar_t) == sizeof(char16_t));

inline std::wstring WideFromJs(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>();
  return std::wstring(text.begin(), text.end());
}

inline Napi::String WideToJs(Napi::Env env, std::wstring_view text) {
  return Napi::String::New(env, text.empty() ? u"" : reinterpret_cast<const char16_t*>(text.data()),
                           text.size());
}

// Returns null if there is no text.
inline Napi::Value WideOrNullToJs(Napi::Env env, const std::optional<std::wstring>& text) {
  return text ? Napi::Value(WideToJs(env, *text)) : env.Null();
}

// A null BSTR is the empty string.
inline Napi::String BstrToJs(Napi::Env env, BSTR text) {
  return WideToJs(env, std::wstring_view(text == nullptr ? L"" : text, SysStringLen(text)));
}

// Throws std::bad_alloc, or a Napi::Error if no BSTR can hold the string.
Bstr BstrFromJs(const Napi::Value& value);

}  // namespace async_com
