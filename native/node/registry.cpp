#include "node/registry.h"

#include <windows.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "com/registry.h"
#include "node/outcome.h"

namespace async_com {

namespace {

std::wstring Text(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>();
  return {text.begin(), text.end()};
}

Napi::String ToJs(Napi::Env env, const std::wstring& text) {
  return Napi::String::New(env, std::u16string(text.begin(), text.end()));
}

HKEY HiveOf(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  if (name == "HKLM") {
    return HKEY_LOCAL_MACHINE;
  }
  if (name == "HKCU") {
    return HKEY_CURRENT_USER;
  }
  if (name == "HKCR") {
    return HKEY_CLASSES_ROOT;
  }
  throw Napi::TypeError::New(info.Env(), "no such hive: " + name);
}

RegistryData DataOf(const Napi::Value& value) {
  if (value.IsNumber()) {
    return static_cast<DWORD>(value.As<Napi::Number>().Uint32Value());
  }
  return Text(value);
}

Napi::Value ToJs(Napi::Env env, const RegistryData& data) {
  if (const auto* text = std::get_if<std::wstring>(&data)) {
    return ToJs(env, *text);
  }
  if (const auto* number = std::get_if<DWORD>(&data)) {
    return Napi::Number::New(env, *number);
  }
  return env.Null();
}

Napi::Value ToJs(Napi::Env env, const RegistryKeyContents& contents) {
  auto values = Napi::Array::New(env, contents.values.size());
  for (std::size_t index = 0; index < contents.values.size(); ++index) {
    auto value = Napi::Object::New(env);
    value.Set("name", ToJs(env, contents.values[index].name));
    value.Set("data", ToJs(env, contents.values[index].data));
    values.Set(static_cast<std::uint32_t>(index), value);
  }
  auto subkeys = Napi::Array::New(env, contents.subkeys.size());
  for (std::size_t index = 0; index < contents.subkeys.size(); ++index) {
    subkeys.Set(static_cast<std::uint32_t>(index), ToJs(env, contents.subkeys[index]));
  }
  auto object = Napi::Object::New(env);
  object.Set("values", values);
  object.Set("subkeys", subkeys);
  return object;
}

Outcome Whether(bool done, const char* operation) {
  Outcome outcome = Outcome::Here(S_OK, operation);
  outcome.value = [done](Napi::Env env) { return Napi::Boolean::New(env, done); };
  return outcome;
}

}  // namespace

Napi::Value ReadRegistryKeyFromJs(const Napi::CallbackInfo& info) {
  const HKEY hive = HiveOf(info);
  const std::wstring path = Text(info[1]);
  return OutcomeToJs(info.Env(), OutcomeOf("RegOpenKeyExW", [&] {
                       auto contents = ReadRegistryKey(hive, path);
                       Outcome outcome = Outcome::Here(S_OK, "RegOpenKeyExW");
                       outcome.value = [contents = std::move(contents)](Napi::Env env) {
                         return contents ? ToJs(env, *contents) : env.Null();
                       };
                       return outcome;
                     }));
}

Napi::Value WriteRegistryValueFromJs(const Napi::CallbackInfo& info) {
  const HKEY hive = HiveOf(info);
  const std::wstring path = Text(info[1]);
  const std::wstring name = Text(info[2]);
  const RegistryData data = DataOf(info[3]);
  return OutcomeToJs(info.Env(), OutcomeOf("RegSetValueExW", [&] {
                       WriteRegistryValue(hive, path, name, data);
                       return Outcome::Here(S_OK, "RegSetValueExW");
                     }));
}

Napi::Value DeleteRegistryValueFromJs(const Napi::CallbackInfo& info) {
  const HKEY hive = HiveOf(info);
  const std::wstring path = Text(info[1]);
  const std::wstring name = Text(info[2]);
  return OutcomeToJs(info.Env(), OutcomeOf("RegDeleteValueW", [&] {
                       return Whether(DeleteRegistryValue(hive, path, name), "RegDeleteValueW");
                     }));
}

Napi::Value DeleteEmptyRegistryKeyFromJs(const Napi::CallbackInfo& info) {
  const HKEY hive = HiveOf(info);
  const std::wstring path = Text(info[1]);
  return OutcomeToJs(info.Env(), OutcomeOf("RegDeleteKeyW", [&] {
                       return Whether(DeleteEmptyRegistryKey(hive, path), "RegDeleteKeyW");
                     }));
}

}  // namespace async_com
