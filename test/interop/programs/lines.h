#pragma once

#include <windows.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A test and its program exchange lines over the standard streams.
namespace interop {

// Returns nothing when the test has closed the stream.
std::optional<std::string> ReadLine();

// Any thread may call it.
void WriteLine(std::string_view line);

// Returns the parts of a line that single spaces separate.
std::vector<std::string_view> Split(std::string_view line);

// Returns the HRESULT as the tests read it: 80040154.
std::string Hex(HRESULT result);

// Runs a program's body and returns the exit code. If the body throws, writes the line "failed
// HRESULT STEP" and returns 1.
int RunProgram(const std::function<void()>& body) noexcept;

}  // namespace interop
