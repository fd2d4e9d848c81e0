#pragma once

#include <windows.h>

#include <cstddef>
#include <string>
#include <vector>

namespace interop {

// The arguments of the command line, in UTF-16.
class Arguments {
 public:
  Arguments();

  // Throws Failure if there are fewer arguments.
  const std::wstring& At(std::size_t index) const;
  CLSID ClsidAt(std::size_t index) const;

 private:
  std::vector<std::wstring> arguments_;
};

}  // namespace interop
