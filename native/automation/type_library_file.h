#pragma once

#include <windows.h>

#include <string>
#include <utility>
#include <vector>

namespace async_com {

// What a type library's file says of itself, as far as the registry has it.
struct TypeLibraryFile {
  GUID libid{};
  WORD major = 0;
  WORD minor = 0;
  LCID lcid = 0;
  WORD flags = 0;  // LIBFLAGS
  std::wstring name;
  std::wstring help;
  std::vector<CLSID> classes;
  // The interfaces that automation can marshal: those with a dispinterface, and `oleautomation`.
  std::vector<std::pair<IID, std::wstring>> interfaces;
};

// Reads a type library without registering it. Throws ComFailure. The calling thread must be in an
// apartment.
TypeLibraryFile ReadTypeLibraryFile(const std::wstring& file);

}  // namespace async_com
