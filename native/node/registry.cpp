#include "node/registry.h"

#include <windows.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "com/registry.h"
#include "node/outcome.h"
#include "node/utf16.h"

namespace async_com {

namespace {

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
  throw Napi::TypeError::New(info.Env(),
                             "hive must be 'HKLM', 'HKCU' or 'HKCR', not '" + name + "'");
}

RegistryData DataOf(const Napi::Value& value) {
  if (value.IsNumber()) {
    return static_cast<DWORD>(value.As<Napi::Number>().Uint32Value());
  }
  return WideFromJs(value);
}

Napi::Value ToJs(Napi::Env env, const RegistryData& data) {
  if (const auto* text = std::get_if<std::wstring>(&data)) {
    return WideToJs(env, *text);
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
    value.Set("name", WideToJs(env, contents.values[index].name));
    value.Set("data", ToJs(env, contents.values[index].data));
    values.Set(static_cast<std::uint32_t>(index), value);
  }
  auto subkeys = Napi::Array::New(env, contents.subkeys.size());
  for (std::size_t index = 0; index < contents.subkeys.size(); ++index) {
    subkeys.Set(static_cast<std::uint32_t>(index), WideToJs(env, contents.subkeys[index]));
  }
  auto object = Napi::Object::New(env);
  object.Set("values", values);
  object.Set("subkeys", subkeys);
  return object;
}

// Runs `body` at once, on this thread.
template <typename Body>
Napi::Value Now(const Napi::CallbackInfo& info, const char* operation, Body body) {
  return OutcomeToJs(info.Env(), OutcomeOf(operation, body));
}

}  // namespace

Napi::Value ReadRegistryKeyFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "RegOpenKeyExW";
  return Now(info, kOperation, [hive = HiveOf(info), path = WideFromJs(info[1])] {
    return Outcome::WithValue(
        kOperation, ReadRegistryKey(hive, path),
        [](Napi::Env env, const std::optional<RegistryKeyContents>& contents) {
          return contents ? ToJs(env, *contents) : env.Null();
        });
  });
}

Napi::Value WriteRegistryValueFromJs(const Napi::CallbackInfo& info) {
  return Now(info, "RegSetValueExW",
             [hive = HiveOf(info), path = WideFromJs(info[1]), name = WideFromJs(info[2]),
              data = DataOf(info[3])] { WriteRegistryValue(hive, path, name, data); });
}

Napi::Value DeleteRegistryValueFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "RegDeleteValueW";
  return Now(info, kOperation,
             [hive = HiveOf(info), path = WideFromJs(info[1]), name = WideFromJs(info[2])] {
               return Outcome::WithValue(kOperation, DeleteRegistryValue(hive, path, name),
                                         BooleanToJs);
             });
}

Napi::Value DeleteEmptyRegistryKeyFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "RegDeleteKeyW";
  return Now(info, kOperation, [hive = HiveOf(info), path = WideFromJs(info[1])] {
    return Outcome::WithValue(kOperation, DeleteEmptyRegistryKey(hive, path), BooleanToJs);
  });
}

}  // namespace async_com
