#include "node/type_library.h"

#include <windows.h>

#include <objbase.h>
#include <oleauto.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "automation/type_library_file.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "node/value.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

GUID GuidFromJs(const Napi::Value& value) {
  GUID id{};
  if (FAILED(IIDFromString(WideFromJs(value).c_str(), &id))) {
    throw Napi::TypeError::New(value.Env(),
                               value.As<Napi::String>().Utf8Value() + " must be a GUID in braces");
  }
  return id;
}

Napi::Value GuidToJs(Napi::Env env, REFGUID id) {
  std::array<wchar_t, 39> text{};
  if (StringFromGUID2(id, text.data(), static_cast<int>(text.size())) == 0) {
    throw Napi::Error::New(env, "StringFromGUID2 failed");
  }
  return WideToJs(env, text.data());
}

template <typename Number>
Number NumberFromJs(const Napi::Value& value) {
  return static_cast<Number>(value.As<Napi::Number>().Int64Value());
}

std::optional<LibraryType> TypeFromJs(const Napi::Value& value) {
  if (value.IsNull()) {
    return std::nullopt;
  }
  const auto object = value.As<Napi::Object>();
  LibraryType type;
  type.vartype = NumberFromJs<VARTYPE>(object.Get("vartype"));
  if (const Napi::Value name = object.Get("enumeration"); name.IsString()) {
    type.enumeration = WideFromJs(name);
  }
  return type;
}

INVOKEKIND KindFromJs(const Napi::Value& value) {
  const std::string kind = value.As<Napi::String>();
  if (kind == "get") {
    return INVOKE_PROPERTYGET;
  }
  if (kind == "put") {
    return INVOKE_PROPERTYPUT;
  }
  return kind == "putref" ? INVOKE_PROPERTYPUTREF : INVOKE_FUNC;
}

// Calls `add` with each element of an array, as an object.
template <typename Add>
void ForEach(const Napi::Value& array, Add add) {
  const auto elements = array.As<Napi::Array>();
  for (std::uint32_t index = 0; index < elements.Length(); ++index) {
    add(elements.Get(index).As<Napi::Object>());
  }
}

LibraryParameter ParameterFromJs(const Napi::Object& object) {
  LibraryParameter parameter;
  parameter.name = WideFromJs(object.Get("name"));
  parameter.type = TypeFromJs(object.Get("type")).value_or(LibraryType{});
  parameter.by_reference = object.Get("byReference").ToBoolean();
  parameter.optional = object.Get("optional").ToBoolean();
  if (const Napi::Value value = object.Get("defaultValue"); !value.IsUndefined()) {
    Variant given = VariantFromJs(value, "defaultValue");
    VARIANT source = given.Get();
    if (FAILED(
            VariantChangeType(parameter.default_value.Put(), &source, 0, parameter.type.vartype))) {
      throw Napi::TypeError::New(object.Env(), "defaultValue must be of the parameter's type");
    }
  }
  return parameter;
}

LibraryFunction FunctionFromJs(const Napi::Object& object) {
  LibraryFunction function;
  function.name = WideFromJs(object.Get("name"));
  function.dispid = NumberFromJs<DISPID>(object.Get("dispid"));
  function.kind = KindFromJs(object.Get("kind"));
  ForEach(object.Get("parameters"), [&function](const Napi::Object& one) {
    function.parameters.push_back(ParameterFromJs(one));
  });
  function.vararg = object.Get("vararg").ToBoolean();
  function.returns = TypeFromJs(object.Get("returns"));
  function.help = WideFromJs(object.Get("help"));
  function.hidden = object.Get("hidden").ToBoolean();
  function.restricted = object.Get("restricted").ToBoolean();
  return function;
}

LibraryClass ClassFromJs(const Napi::Object& object) {
  LibraryClass one;
  one.name = WideFromJs(object.Get("name"));
  if (const Napi::Value clsid = object.Get("clsid"); clsid.IsString()) {
    one.clsid = GuidFromJs(clsid);
  }
  one.interface_name = WideFromJs(object.Get("interfaceName"));
  one.iid = GuidFromJs(object.Get("iid"));
  one.help = WideFromJs(object.Get("help"));
  ForEach(object.Get("functions"), [&one](const Napi::Object& function) {
    one.functions.push_back(FunctionFromJs(function));
  });
  return one;
}

LibraryEnumeration EnumerationFromJs(const Napi::Object& object) {
  LibraryEnumeration one;
  one.name = WideFromJs(object.Get("name"));
  one.id = GuidFromJs(object.Get("id"));
  ForEach(object.Get("members"), [&one](const Napi::Object& member) {
    one.members.emplace_back(WideFromJs(member.Get("name")),
                             NumberFromJs<LONG>(member.Get("value")));
  });
  return one;
}

Napi::Value ToJs(Napi::Env env, const TypeLibraryFile& read) {
  auto classes = Napi::Array::New(env, read.classes.size());
  for (std::size_t index = 0; index < read.classes.size(); ++index) {
    classes.Set(static_cast<std::uint32_t>(index), GuidToJs(env, read.classes[index]));
  }
  auto interfaces = Napi::Array::New(env, read.interfaces.size());
  for (std::size_t index = 0; index < read.interfaces.size(); ++index) {
    auto one = Napi::Object::New(env);
    one.Set("iid", GuidToJs(env, read.interfaces[index].first));
    one.Set("name", WideToJs(env, read.interfaces[index].second));
    interfaces.Set(static_cast<std::uint32_t>(index), one);
  }
  auto object = Napi::Object::New(env);
  object.Set("libid", GuidToJs(env, read.libid));
  object.Set("major", Napi::Number::New(env, read.major));
  object.Set("minor", Napi::Number::New(env, read.minor));
  object.Set("lcid", Napi::Number::New(env, read.lcid));
  object.Set("flags", Napi::Number::New(env, read.flags));
  object.Set("name", WideToJs(env, read.name));
  object.Set("help", WideToJs(env, read.help));
  object.Set("classes", classes);
  object.Set("interfaces", interfaces);
  return object;
}

}  // namespace

LibraryContents LibraryFromJs(const Napi::Object& contents) {
  LibraryContents library;
  library.name = WideFromJs(contents.Get("name"));
  library.libid = GuidFromJs(contents.Get("libid"));
  library.major = NumberFromJs<WORD>(contents.Get("major"));
  library.minor = NumberFromJs<WORD>(contents.Get("minor"));
  library.lcid = NumberFromJs<LCID>(contents.Get("lcid"));
  library.help = WideFromJs(contents.Get("help"));
  ForEach(contents.Get("enumerations"), [&library](const Napi::Object& one) {
    library.enumerations.push_back(EnumerationFromJs(one));
  });
  ForEach(contents.Get("classes"),
          [&library](const Napi::Object& one) { library.classes.push_back(ClassFromJs(one)); });
  return library;
}

Napi::Value WriteTypeLibraryFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CreateTypeLib2";
  // A task is moved, and its body must not copy the values in the contents.
  auto contents = std::make_unique<LibraryContents>(LibraryFromJs(info[0].As<Napi::Object>()));
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation,
                   [contents = std::move(contents), file = WideFromJs(info[1])] {
                     try {
                       WriteTypeLibrary(*contents, file);
                       return Outcome::Here(S_OK, kOperation);
                     } catch (const TypeLibraryFailure& failure) {
                       Outcome outcome =
                           Outcome::WithValue(failure.Operation(), failure.Where(), WideToJs);
                       outcome.hresult = failure.Result();
                       return outcome;
                     }
                   });
}

Napi::Value ReadTypeLibraryFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "LoadTypeLibEx";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [file = WideFromJs(info[0])] {
    return Outcome::WithValue(
        kOperation, ReadTypeLibraryFile(file),
        [](Napi::Env env, const TypeLibraryFile& read) { return ToJs(env, read); });
  });
}

}  // namespace async_com
