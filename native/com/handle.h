#pragma once

#include <windows.h>

#include <utility>

namespace async_com {

// Owns a kernel handle. Null and INVALID_HANDLE_VALUE both mean "empty", because Windows functions
// return one or the other for "no handle". Get() of an empty owner always returns null. Do not use
// this class for pseudo handles (GetCurrentProcess(), GetCurrentThread()): they need no owner, and
// the first has the value of INVALID_HANDLE_VALUE.
class UniqueHandle {
 public:
  UniqueHandle() noexcept = default;
  explicit UniqueHandle(HANDLE handle) noexcept : handle_(Normal(handle)) {}
  UniqueHandle(UniqueHandle&& other) noexcept : handle_(other.Release()) {}
  UniqueHandle(const UniqueHandle&) = delete;
  UniqueHandle& operator=(const UniqueHandle&) = delete;
  ~UniqueHandle() { Reset(); }

  UniqueHandle& operator=(UniqueHandle&& other) noexcept {
    if (this != &other) Reset(other.Release());
    return *this;
  }

  explicit operator bool() const noexcept { return Normal(handle_) != nullptr; }
  HANDLE Get() const noexcept { return Normal(handle_); }

  // Closes the owned handle and takes ownership of `handle`. Does not change GetLastError().
  void Reset(HANDLE handle = nullptr) noexcept {
    const HANDLE old = Normal(std::exchange(handle_, Normal(handle)));
    if (old == nullptr) return;
    const DWORD error = ::GetLastError();
    ::CloseHandle(old);
    ::SetLastError(error);
  }

  // Gives up ownership of the handle without closing it.
  [[nodiscard]] HANDLE Release() noexcept { return Normal(std::exchange(handle_, nullptr)); }

  // For functions with a handle as an out parameter. Closes the owned handle first.
  [[nodiscard]] HANDLE* Put() noexcept {
    Reset();
    return &handle_;
  }

 private:
  static HANDLE Normal(HANDLE handle) noexcept {
    return handle == INVALID_HANDLE_VALUE ? nullptr : handle;
  }

  HANDLE handle_ = nullptr;
};

}  // namespace async_com
