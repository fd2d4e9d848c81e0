#include "node/value_path.h"

#include <algorithm>
#include <string_view>

namespace async_com {

namespace {

bool IsIdentifier(std::string_view name) noexcept {
  const auto is_letter = [](char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_' || one == '$';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char one) { return is_letter(one) || (one >= '0' && one <= '9'); });
}

std::string Quoted(const std::string& key) {
  std::string text = "\"";
  for (const char one : key) {
    if (one == '"' || one == '\\') {
      text += '\\';
    }
    text += one >= 0 && one < ' ' ? ' ' : one;
  }
  return text + "\"";
}

}  // namespace

std::string ValuePath::Text() const {
  if (parent_ == nullptr) {
    return *root_;
  }
  const std::string parent = parent_->Text();
  const std::string index = std::to_string(index_);
  const std::string key =
      !key_.IsEmpty() && key_.IsString() ? key_.As<Napi::String>().Utf8Value() : std::string();
  switch (kind_) {
    case Kind::kElement:
      return parent + "[" + index + "]";
    case Kind::kKey:
      return parent + ".keys()[" + index + "]";
    case Kind::kProperty:
      return IsIdentifier(key) ? parent + "." + key : parent + "[" + Quoted(key) + "]";
    case Kind::kEntry:
      return !key_.IsEmpty() && key_.IsString() ? parent + ".get(" + Quoted(key) + ")"
                                                : parent + ".values()[" + index + "]";
  }
  return parent;
}

void ValuePath::Refuse(Napi::Env env, const std::string& why) const {
  throw Napi::TypeError::New(env, Text() + " " + why);
}

}  // namespace async_com
