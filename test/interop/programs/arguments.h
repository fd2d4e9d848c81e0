#pragma once

#include <windows.h>

#include <cstddef>
#include <string>
#include <vector>

namespace interop {

// The command line's arguments, in Windows' own letters.
class Arguments {
 public:
  Arguments();

  // Throws Failure where there are fewer.
  const std::wstring& At(std::size_t index) const;
  CLSID ClsidAt(std::size_t index) const;

 private:
  std::vector<std::wstring> arguments_;
};

}  // namespace interop
