#pragma once

#include <windows.h>

#include <cstdint>

namespace async_com {

// A point in time as Windows counts it: since 1601, in units of 100 ns.
using FileTime = std::uint64_t;

inline constexpr FileTime kFileTimeAMillisecond = 10'000;

inline FileTime FromFileTime(const FILETIME& time) noexcept {
  return (FileTime{time.dwHighDateTime} << 32) | time.dwLowDateTime;
}

inline FileTime FileTimeNow() noexcept {
  FILETIME now{};
  GetSystemTimeAsFileTime(&now);
  return FromFileTime(now);
}

}  // namespace async_com
