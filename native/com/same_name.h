#pragma once

#include <windows.h>

#include <string_view>

namespace async_com {

// Upper and lower case are the same, in no language in particular.
inline bool IsSameName(std::wstring_view one, std::wstring_view other) noexcept {
  return CompareStringOrdinal(one.data(), static_cast<int>(one.size()), other.data(),
                              static_cast<int>(other.size()), TRUE) == CSTR_EQUAL;
}

}  // namespace async_com
