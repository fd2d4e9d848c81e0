#pragma once

#include <napi.h>

#include <optional>
#include <string>

namespace async_com {

// wchar_t is UTF-16 on Windows, as JavaScript's strings are.
inline std::wstring WideFromJs(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>();
  return std::wstring(text.begin(), text.end());
}

// Null for what is empty.
inline Napi::Value WideToJs(Napi::Env env, const std::optional<std::wstring>& text) {
  return text
             ? Napi::String::New(env, reinterpret_cast<const char16_t*>(text->data()), text->size())
             : env.Null();
}

}  // namespace async_com
