#pragma once

#include <windows.h>

#include <stdexcept>
#include <string>

namespace async_com {

// What kind of failure it is, for those that a caller can do something about.
enum class FailureKind {
  kSystem,      // what Windows answered
  kDescriptor,  // a security descriptor's text is none
  kThreadGone,  // the thread that something was meant for is no longer there
};

// What Windows refused. Catch this to have either kind below: both come with an HRESULT that is a
// failure, and with the name of what failed. Operation names are string literals; they are not
// copied.
class WindowsFailure : public std::runtime_error {
 public:
  HRESULT Result() const noexcept { return result_; }
  const char* Operation() const noexcept { return operation_; }
  FailureKind Kind() const noexcept { return kind_; }

 protected:
  WindowsFailure(HRESULT result, const char* operation, const std::string& text, FailureKind kind)
      : std::runtime_error(text), result_(result), operation_(operation), kind_(kind) {}

 private:
  HRESULT result_;
  const char* operation_;
  FailureKind kind_;
};

// "OpenThreadToken failed with ERROR_ACCESS_DENIED (5)"
class Win32Error final : public WindowsFailure {
 public:
  Win32Error(DWORD code, const char* function, FailureKind kind = FailureKind::kSystem);

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
[[noreturn]] void ThrowLastError(const char* function, FailureKind kind = FailureKind::kSystem);

}  // namespace async_com
