#pragma once

#include <windows.h>

#include <stdexcept>
#include <string>

namespace async_com {

// The kind of a failure. The kinds other than kSystem are for failures that a caller can do
// something about.
enum class FailureKind {
  kSystem,      // Windows reported the failure
  kDescriptor,  // the text of a security descriptor is not valid
  kThreadGone,  // the thread that was to do the work no longer exists
};

// The base class of the two errors below. Both have an HRESULT that is a failure, and the name of
// the operation that failed. The name must be a string literal, because it is not copied.
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

// A Win32 code. The text is, for example, "OpenThreadToken failed with ERROR_ACCESS_DENIED (5)".
class Win32Error final : public WindowsFailure {
 public:
  Win32Error(DWORD code, const char* function, FailureKind kind = FailureKind::kSystem);

  DWORD Code() const noexcept { return code_; }

 private:
  DWORD code_;
};

// An HRESULT. The text is, for example, "CoCreateInstance failed with REGDB_E_CLASSNOTREG
// (0x80040154)".
class ComFailure final : public WindowsFailure {
 public:
  ComFailure(HRESULT result, const char* operation);
};

// Throws ComFailure if `result` is a failure. Success codes, including S_FALSE, throw nothing.
void ThrowIfFailed(HRESULT result, const char* operation);

// Throws Win32Error with GetLastError(). Call it before another function can change the last error.
[[noreturn]] void ThrowLastError(const char* function, FailureKind kind = FailureKind::kSystem);

}  // namespace async_com
