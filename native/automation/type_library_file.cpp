#include "automation/type_library_file.h"

#include <windows.h>

#include <oaidl.h>
#include <oleauto.h>

#include <memory>
#include <string>

#include "com/com_ptr.h"
#include "com/win32_error.h"
#include "value/variant.h"

namespace async_com {

namespace {

struct LibraryAttributesReleaser {
  ITypeLib* library;
  void operator()(TLIBATTR* attributes) const noexcept { library->ReleaseTLibAttr(attributes); }
};

struct TypeAttributesReleaser {
  ITypeInfo* info;
  void operator()(TYPEATTR* attributes) const noexcept { info->ReleaseTypeAttr(attributes); }
};

std::wstring NameOf(ITypeInfo* info) {
  Bstr name;
  ThrowIfFailed(info->GetDocumentation(MEMBERID_NIL, name.Put(), nullptr, nullptr, nullptr),
                "ITypeInfo::GetDocumentation");
  return std::wstring(name.View());
}

}  // namespace

TypeLibraryFile ReadTypeLibraryFile(const std::wstring& file) {
  ComPtr<ITypeLib> library;
  ThrowIfFailed(LoadTypeLibEx(file.c_str(), REGKIND_NONE, library.GetAddressOf()), "LoadTypeLibEx");
  TLIBATTR* got = nullptr;
  ThrowIfFailed(library->GetLibAttr(&got), "ITypeLib::GetLibAttr");
  const std::unique_ptr<TLIBATTR, LibraryAttributesReleaser> attributes(got, {library.Get()});
  TypeLibraryFile read;
  read.libid = attributes->guid;
  read.major = attributes->wMajorVerNum;
  read.minor = attributes->wMinorVerNum;
  read.lcid = attributes->lcid;
  read.flags = attributes->wLibFlags;
  Bstr name;
  Bstr help;
  ThrowIfFailed(library->GetDocumentation(-1, name.Put(), help.Put(), nullptr, nullptr),
                "ITypeLib::GetDocumentation");
  read.name = name.View();
  read.help = help.View();
  for (UINT index = 0; index < library->GetTypeInfoCount(); ++index) {
    ComPtr<ITypeInfo> info;
    ThrowIfFailed(library->GetTypeInfo(index, info.GetAddressOf()), "ITypeLib::GetTypeInfo");
    TYPEATTR* got_type = nullptr;
    ThrowIfFailed(info->GetTypeAttr(&got_type), "ITypeInfo::GetTypeAttr");
    const std::unique_ptr<TYPEATTR, TypeAttributesReleaser> type(got_type, {info.Get()});
    const bool marshaled =
        type->typekind == TKIND_DISPATCH ||
        (type->typekind == TKIND_INTERFACE && (type->wTypeFlags & TYPEFLAG_FOLEAUTOMATION) != 0);
    if (type->typekind == TKIND_COCLASS) {
      read.classes.push_back(type->guid);
    } else if (marshaled) {
      read.interfaces.emplace_back(type->guid, NameOf(info.Get()));
    }
  }
  return read;
}

}  // namespace async_com
