#include "server/member_names.h"

#include <cstddef>

namespace async_com {

namespace {

bool IsSameName(std::wstring_view one, std::wstring_view other) noexcept {
  return CompareStringOrdinal(one.data(), static_cast<int>(one.size()), other.data(),
                              static_cast<int>(other.size()), TRUE) == CSTR_EQUAL;
}

}  // namespace

DISPID MemberNames::Find(std::wstring_view name) const noexcept {
  DISPID found = DISPID_UNKNOWN;
  DISPID id = 0;
  for (const std::wstring& one : names_) {
    ++id;
    if (one == name) {
      return id;
    }
    if (found == DISPID_UNKNOWN && IsSameName(one, name)) {
      found = id;
    }
  }
  return found;
}

const std::wstring* MemberNames::NameOf(DISPID id) const noexcept {
  const auto index = static_cast<std::size_t>(id) - 1;
  return id >= 1 && index < names_.size() ? &names_[index] : nullptr;
}

}  // namespace async_com
