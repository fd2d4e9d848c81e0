#pragma once

#include <windows.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How a test talks to a program: line by line, over the standard streams.
namespace interop {

// Nothing when the test has closed the stream.
std::optional<std::string> ReadLine();

// Any thread.
void WriteLine(std::string_view line);

// The parts of a line, which single spaces separate.
std::vector<std::string_view> Split(std::string_view line);

// As the tests read it: 80040154.
std::string Hex(HRESULT result);

// Runs a program's body. What it throws is the line "failed HRESULT STEP", and the exit code 1.
int RunProgram(const std::function<void()>& body) noexcept;

}  // namespace interop
