#pragma once

#include <windows.h>

#include <utility>

namespace async_com {

// Owns a kernel handle. Null and INVALID_HANDLE_VALUE both mean "empty", as Windows functions
// differ in which of the two they return for "none"; an empty owner always answers null from Get().
// Not for pseudo handles (GetCurrentProcess(), GetCurrentThread()): they need no owner, and the
// first has the value of INVALID_HANDLE_VALUE.
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

  // Closes what is owned and owns `handle` instead. Leaves GetLastError() as it was.
  void Reset(HANDLE handle = nullptr) noexcept {
    const HANDLE old = Normal(std::exchange(handle_, Normal(handle)));
    if (old == nullptr) return;
    const DWORD error = ::GetLastError();
    ::CloseHandle(old);
    ::SetLastError(error);
  }

  // Gives the handle up without closing it.
  [[nodiscard]] HANDLE Release() noexcept { return Normal(std::exchange(handle_, nullptr)); }

  // For functions with a handle as an out parameter. Closes what is owned first.
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
