#include "node/object_class.h"

#include <objbase.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "node/type_library.h"
#include "node/utf16.h"

namespace async_com {

namespace {

VARTYPE TypeFromJs(const Napi::Value& value) {
  return static_cast<VARTYPE>(value.As<Napi::Number>().Uint32Value());
}

std::vector<Parameter> ParametersFromJs(const Napi::Array& array) {
  std::vector<Parameter> parameters;
  parameters.reserve(array.Length());
  for (std::uint32_t index = 0; index < array.Length(); ++index) {
    const auto object = Napi::Value(array.Get(index)).As<Napi::Object>();
    parameters.push_back({WideFromJs(object.Get("name")), TypeFromJs(object.Get("type")),
                          object.Get("optional").ToBoolean()});
  }
  return parameters;
}

Member MemberFromJs(const Napi::Object& object) {
  Member member;
  member.name = WideFromJs(object.Get("name"));
  member.id = object.Get("dispid").As<Napi::Number>().Int32Value();
  member.is_method = object.Get("isMethod").ToBoolean();
  member.is_readable = object.Get("readable").ToBoolean();
  member.is_writable = object.Get("writable").ToBoolean();
  if (const Napi::Value parameters = object.Get("parameters"); parameters.IsArray()) {
    member.parameters = ParametersFromJs(parameters.As<Napi::Array>());
  }
  member.type = TypeFromJs(object.Get("type"));
  return member;
}

}  // namespace

Napi::Function NodeObjectClass::Define(Napi::Env env) {
  return DefineClass(env, "ObjectClass", {});
}

NodeObjectClass::NodeObjectClass(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  IID iid = IID_NULL;
  if (info[0].IsString() && FAILED(IIDFromString(WideFromJs(info[0]).c_str(), &iid))) {
    throw Napi::TypeError::New(info.Env(), "iid must be a GUID in braces");
  }
  const auto array = info[1].As<Napi::Array>();
  std::vector<Member> members;
  members.reserve(array.Length());
  for (std::uint32_t index = 0; index < array.Length(); ++index) {
    members.push_back(MemberFromJs(Napi::Value(array.Get(index)).As<Napi::Object>()));
  }
  std::unique_ptr<const LibraryContents> library;
  if (info[2].IsObject()) {
    library = std::make_unique<const LibraryContents>(LibraryFromJs(info[2].As<Napi::Object>()));
  }
  object_class_ = std::make_shared<const ObjectClass>(
      iid, std::move(members), std::move(library),
      info[3].IsString() ? WideFromJs(info[3]) : std::wstring());
}

}  // namespace async_com
