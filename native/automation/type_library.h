#pragma once

#include <windows.h>

#include <oaidl.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "com/com_ptr.h"
#include "com/win32_error.h"
#include "value/variant.h"

namespace async_com {

// What a type library contains. lib/native/type-library.ts has the same structures.

struct LibraryType {
  VARTYPE vartype = VT_VARIANT;  // with VT_ARRAY for a SAFEARRAY
  std::wstring enumeration;      // the name of an enumeration of the library, or empty
};

struct LibraryParameter {
  std::wstring name;
  LibraryType type;
  bool by_reference = false;
  bool optional = false;
  Variant default_value;  // empty if there is none; otherwise of the parameter's type
};

struct LibraryFunction {
  std::wstring name;
  DISPID dispid = 0;
  INVOKEKIND kind = INVOKE_FUNC;
  std::vector<LibraryParameter> parameters;  // the last one of a put is what is assigned
  bool vararg = false;  // the last parameter is an array of any number of arguments
  std::optional<LibraryType> returns;
  std::wstring help;
  bool hidden = false;
  bool restricted = false;
};

struct LibraryClass {
  std::wstring name;
  std::optional<CLSID> clsid;  // nothing if the library has only the interface
  std::wstring interface_name;
  IID iid{};
  std::wstring help;
  std::vector<LibraryFunction> functions;
};

struct LibraryEnumeration {
  std::wstring name;
  GUID id{};
  std::vector<std::pair<std::wstring, LONG>> members;
};

struct LibraryContents {
  std::wstring name;
  GUID libid{};
  WORD major = 1;
  WORD minor = 0;
  LCID lcid = 0;
  std::wstring help;
  std::vector<LibraryEnumeration> enumerations;
  std::vector<LibraryClass> classes;
};

// A type library cannot be made. Where() says at what: "Files.open", or a name alone.
class TypeLibraryFailure final : public WindowsFailure {
 public:
  TypeLibraryFailure(HRESULT result, const char* operation, std::wstring where);

  const std::wstring& Where() const noexcept { return where_; }

 private:
  std::wstring where_;
};

// The functions below throw TypeLibraryFailure. The calling thread must be in an apartment.

// Writes the type library to a file, which is replaced if it exists. The same contents give the
// same bytes.
void WriteTypeLibrary(const LibraryContents& contents, const std::wstring& file);

// A type library in memory, with the interface and the class that an object tells its clients of.
struct ClassTypeInfo {
  ComPtr<ITypeInfo> interface_info;  // for IDispatch::GetTypeInfo: a dispinterface
  ComPtr<ITypeInfo> class_info;      // for IProvideClassInfo::GetClassInfo; null without a CLSID
};

// `class_name` is the name of one of the classes. Throws E_INVALIDARG for any other.
ClassTypeInfo TypeInfoOf(const LibraryContents& contents, const std::wstring& class_name);

}  // namespace async_com
