#pragma once

#include <windows.h>

#include <stdexcept>
#include <string>

namespace async_com {

// What Windows refused. Catch this to have either kind below: both come with an HRESULT that is a
// failure, and with the name of what failed. Operation names are string literals; they are not
// copied.
class WindowsFailure : public std::runtime_error {
 public:
  HRESULT Result() const noexcept { return result_; }
  const char* Operation() const noexcept { return operation_; }

 protected:
  WindowsFailure(HRESULT result, const char* operation, const std::string& text)
      : std::runtime_error(text), result_(result), operation_(operation) {}

 private:
  HRESULT result_;
  const char* operation_;
};

// "OpenThreadToken failed with ERROR_ACCESS_DENIED (5)"
class Win32Error final : public WindowsFailure {
 public:
  Win32Error(DWORD code, const char* function);

  DWORD Code() const noexcept { return code_; }

 private:
  DWORD code_;
};

// "CoCreateInstance failed with REGDB_E_CLASSNOTREG (0x80040154)"
class ComFailure final : public WindowsFailure {
 public:
  ComFailure(HRESULT result, const char* operation);
};

// Throws ComFailure. Success codes, S_FALSE included, pass.
void ThrowIfFailed(HRESULT result, const char* operation);

// Throws Win32Error with GetLastError(): call it before anything else can change that.
[[noreturn]] void ThrowLastError(const char* function);

}  // namespace async_com
