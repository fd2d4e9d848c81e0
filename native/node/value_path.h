#pragma once

#include <napi.h>

#include <cstddef>
#include <string>

namespace async_com {

// Where a value is, for errors: "arguments[1][0]", "the result.name". A part refers to the part
// that it is in, so making one costs next to nothing. The text is made only for an error.
class ValuePath {
 public:
  explicit ValuePath(const std::string& root) noexcept : root_(&root) {}

  ValuePath Element(std::size_t index) const noexcept { return {*this, Kind::kElement, index, {}}; }
  // The value of a key of an object or of a Map.
  ValuePath Property(const Napi::Value& key) const noexcept {
    return {*this, Kind::kProperty, 0, key};
  }
  ValuePath Entry(const Napi::Value& key, std::size_t index) const noexcept {
    return {*this, Kind::kEntry, index, key};
  }
  // A key of a Map.
  ValuePath Key(std::size_t index) const noexcept { return {*this, Kind::kKey, index, {}}; }

  std::string Text() const;

  // Throws a Napi::TypeError that says why the value that is here is refused.
  [[noreturn]] void Refuse(Napi::Env env, const std::string& why) const;

 private:
  enum class Kind { kElement, kProperty, kEntry, kKey };

  ValuePath(const ValuePath& parent, Kind kind, std::size_t index, const Napi::Value& key) noexcept
      : parent_(&parent), kind_(kind), index_(index), key_(key) {}

  const std::string* root_ = nullptr;
  const ValuePath* parent_ = nullptr;
  Kind kind_ = Kind::kElement;
  std::size_t index_ = 0;
  Napi::Value key_;
};

}  // namespace async_com
