#include "arguments.h"

#include <windows.h>

#include <shellapi.h>

#include "com.h"

namespace interop {

Arguments::Arguments() {
  int count = 0;
  wchar_t** const all = CommandLineToArgvW(GetCommandLineW(), &count);
  if (all == nullptr) {
    throw Failure(HRESULT_FROM_WIN32(GetLastError()), "CommandLineToArgvW");
  }
  arguments_.assign(all + 1, all + count);
  LocalFree(static_cast<void*>(all));
}

const std::wstring& Arguments::At(std::size_t index) const {
  if (index >= arguments_.size()) {
    throw Failure(E_INVALIDARG, "an argument is missing");
  }
  return arguments_[index];
}

CLSID Arguments::ClsidAt(std::size_t index) const {
  CLSID clsid{};
  Check(CLSIDFromString(At(index).c_str(), &clsid), "CLSIDFromString");
  return clsid;
}

}  // namespace interop
