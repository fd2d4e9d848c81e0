#include "lines.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <mutex>

#include "com.h"

namespace interop {

std::optional<std::string> ReadLine() {
  std::string line;
  if (!std::getline(std::cin, line)) {
    return std::nullopt;
  }
  if (line.ends_with('\r')) {
    line.pop_back();
  }
  return line;
}

void WriteLine(std::string_view line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

std::vector<std::string_view> Split(std::string_view line) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto space = line.find(' ');
    parts.push_back(line.substr(0, space));
    if (space == std::string_view::npos) {
      return parts;
    }
    line.remove_prefix(space + 1);
  }
}

std::string Hex(HRESULT result) {
  char text[9] = {};
  std::snprintf(text, sizeof text, "%08lX", static_cast<unsigned long>(result));
  return text;
}

int RunProgram(const std::function<void()>& body) noexcept {
  try {
    std::ios::sync_with_stdio(false);
    body();
    return 0;
  } catch (const Failure& failure) {
    WriteLine("failed " + Hex(failure.Result()) + " " + failure.what());
  } catch (const std::exception& error) {
    WriteLine("failed " + Hex(E_UNEXPECTED) + " " + error.what());
  }
  return 1;
}

}  // namespace interop
