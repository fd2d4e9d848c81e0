#include "com/win32_error.h"

#include <cstdio>

#include "com/hresult_names.h"

namespace async_com {
namespace {

std::string Sentence(const char* operation, const std::string& name, const std::string& number) {
  std::string text = operation;
  text += " failed with ";
  text += name;
  if (name != number) text += " (" + number + ")";
  return text;
}

std::string Hexadecimal(HRESULT result) {
  char text[11];
  std::snprintf(text, sizeof text, "0x%08lX", static_cast<unsigned long>(result));
  return text;
}

// A function may fail without setting the last error. The result must still be a failure.
HRESULT FailureFromWin32(DWORD code) {
  return code == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(code);
}

}  // namespace

Win32Error::Win32Error(DWORD code, const char* function, FailureKind kind)
    : WindowsFailure(FailureFromWin32(code), function,
                     Sentence(function, Win32ErrorName(code), std::to_string(code)), kind),
      code_(code) {}

ComFailure::ComFailure(HRESULT result, const char* operation)
    : WindowsFailure(result, operation,
                     Sentence(operation, HResultName(result), Hexadecimal(result)),
                     FailureKind::kSystem) {}

void ThrowIfFailed(HRESULT result, const char* operation) {
  if (FAILED(result)) throw ComFailure(result, operation);
}

void ThrowLastError(const char* function, FailureKind kind) {
  const DWORD code = ::GetLastError();
  throw Win32Error(code, function, kind);
}

}  // namespace async_com
