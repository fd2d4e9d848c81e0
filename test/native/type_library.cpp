// Reads and registers type libraries as any other program does, and looks at one in memory.
//
//   native_type_library read FILE         writes one line for each thing in the library
//   native_type_library memory FILE       makes a library of its own: writes the lines of the file,
//   and
//                                         those of the same library in memory after a line "memory"
//   native_type_library broken FILE       tries to make libraries that cannot be made, and writes
//   at
//                                         what each failed
//   native_type_library register FILE     registers a library for all users, as RegisterTypeLib
//   does native_type_library unregister FILE   removes that again

#include <windows.h>

#include <oaidl.h>
#include <objbase.h>
#include <oleauto.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "automation/type_library.h"
#include "com/apartment.h"
#include "com/com_ptr.h"
#include "com/win32_error.h"
#include "value/variant.h"

namespace {

using namespace async_com;

std::string Narrow(std::wstring_view text) {
  std::string narrow;
  for (const wchar_t unit : text) {
    if (unit >= L' ' && unit <= L'~') {
      narrow += static_cast<char>(unit);
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", static_cast<unsigned>(unit));
      narrow += escaped;
    }
  }
  return narrow;
}

std::string Text(REFGUID id) {
  wchar_t text[39];
  return StringFromGUID2(id, text, 39) == 0 ? "?" : Narrow(text);
}

struct Named {
  Bstr name;
  Bstr help;
};

Named DocumentationOf(ITypeInfo* info, MEMBERID member) {
  Named named;
  ThrowIfFailed(
      info->GetDocumentation(member, named.name.Put(), named.help.Put(), nullptr, nullptr),
      "ITypeInfo::GetDocumentation");
  return named;
}

const char* NameOf(VARTYPE type) {
  switch (type) {
    case VT_EMPTY:
      return "empty";
    case VT_I2:
      return "int16";
    case VT_I4:
      return "int32";
    case VT_R4:
      return "float32";
    case VT_R8:
      return "float64";
    case VT_CY:
      return "currency";
    case VT_DATE:
      return "date";
    case VT_BSTR:
      return "string";
    case VT_DISPATCH:
      return "object";
    case VT_ERROR:
      return "error";
    case VT_BOOL:
      return "boolean";
    case VT_VARIANT:
      return "variant";
    case VT_UNKNOWN:
      return "unknown";
    case VT_DECIMAL:
      return "decimal";
    case VT_I1:
      return "int8";
    case VT_UI1:
      return "uint8";
    case VT_UI2:
      return "uint16";
    case VT_UI4:
      return "uint32";
    case VT_I8:
      return "int64";
    case VT_UI8:
      return "uint64";
    case VT_INT:
      return "int";
    case VT_VOID:
      return "void";
    case VT_HRESULT:
      return "hresult";
    default:
      return "?";
  }
}

std::string Text(ITypeInfo* info, const TYPEDESC& type) {
  switch (type.vt) {
    case VT_PTR:
      return Text(info, *type.lptdesc) + "*";
    case VT_SAFEARRAY:
      return "array of " + Text(info, *type.lptdesc);
    case VT_USERDEFINED: {
      ComPtr<ITypeInfo> referred;
      ThrowIfFailed(info->GetRefTypeInfo(type.hreftype, referred.GetAddressOf()),
                    "ITypeInfo::GetRefTypeInfo");
      return Narrow(DocumentationOf(referred.Get(), MEMBERID_NIL).name.View());
    }
    default:
      return NameOf(type.vt);
  }
}

std::string Text(const VARIANT& value) {
  Variant text;
  VARIANT copy = value;
  const HRESULT changed = VariantChangeTypeEx(text.Put(), &copy, 0x0409, 0, VT_BSTR);
  const std::string shown =
      SUCCEEDED(changed)
          ? Narrow(std::wstring_view(text.Get().bstrVal, SysStringLen(text.Get().bstrVal)))
          : "?";
  return std::string(NameOf(value.vt)) + " " + shown;
}

std::string Flags(unsigned flags, const std::vector<std::pair<unsigned, const char*>>& names) {
  std::string text;
  for (const auto& [flag, name] : names) {
    if ((flags & flag) != 0) {
      text += std::string(text.empty() ? "" : " ") + name;
      flags &= ~flag;
    }
  }
  return "[" + text + (flags == 0 ? "]" : " and others]");
}

std::string Quoted(const Bstr& text) { return "\"" + Narrow(text.View()) + "\""; }

void PrintFunction(ITypeInfo* info, const FUNCDESC& function) {
  // The functions of IDispatch itself.
  if (function.memid >= 0x60000000 && function.memid < 0x60020000) {
    return;
  }
  std::vector<BSTR> raw(static_cast<std::size_t>(function.cParams) + 1, nullptr);
  UINT count = 0;
  ThrowIfFailed(info->GetNames(function.memid, raw.data(), static_cast<UINT>(raw.size()), &count),
                "ITypeInfo::GetNames");
  std::vector<Bstr> names(raw.size());
  for (std::size_t index = 0; index < raw.size(); ++index) {
    *names[index].Put() = raw[index];
  }
  const char* const kind = function.invkind == INVOKE_FUNC          ? "method"
                           : function.invkind == INVOKE_PROPERTYGET ? "get"
                           : function.invkind == INVOKE_PROPERTYPUT ? "put"
                                                                    : "putref";
  std::string parameters;
  for (SHORT index = 0; index < function.cParams; ++index) {
    const ELEMDESC& parameter = function.lprgelemdescParam[index];
    const unsigned flags = parameter.paramdesc.wParamFlags;
    parameters += index == 0 ? "" : ", ";
    parameters += Flags(flags, {{PARAMFLAG_FIN, "in"},
                                {PARAMFLAG_FOUT, "out"},
                                {PARAMFLAG_FOPT, "optional"},
                                {PARAMFLAG_FHASDEFAULT, "default"}});
    parameters += " " + Text(info, parameter.tdesc) + " " +
                  Narrow(names[static_cast<std::size_t>(index) + 1].View());
    if ((flags & PARAMFLAG_FHASDEFAULT) != 0) {
      parameters += " = " + Text(parameter.paramdesc.pparamdescex->varDefaultValue);
    }
  }
  std::printf("%s %s %ld %s(%s) %d: %s %s\n", kind, Narrow(names[0].View()).c_str(), function.memid,
              Flags(function.wFuncFlags,
                    {{FUNCFLAG_FHIDDEN, "hidden"}, {FUNCFLAG_FRESTRICTED, "restricted"}})
                  .c_str(),
              parameters.c_str(), function.cParamsOpt,
              Text(info, function.elemdescFunc.tdesc).c_str(),
              Quoted(DocumentationOf(info, function.memid).help).c_str());
}

void PrintType(ITypeInfo* info) {
  TYPEATTR* type = nullptr;
  ThrowIfFailed(info->GetTypeAttr(&type), "ITypeInfo::GetTypeAttr");
  const Named named = DocumentationOf(info, MEMBERID_NIL);
  const char* const kind = type->typekind == TKIND_ENUM       ? "enum"
                           : type->typekind == TKIND_DISPATCH ? "dispinterface"
                           : type->typekind == TKIND_COCLASS  ? "coclass"
                           : type->typekind == TKIND_ALIAS    ? "alias"
                                                              : "?";
  std::printf("%s %s %s %d.%d %s %s\n", kind, Narrow(named.name.View()).c_str(),
              Text(type->guid).c_str(), type->wMajorVerNum, type->wMinorVerNum,
              Flags(type->wTypeFlags, {{TYPEFLAG_FCANCREATE, "creatable"},
                                       {TYPEFLAG_FHIDDEN, "hidden"},
                                       {TYPEFLAG_FNONEXTENSIBLE, "nonextensible"},
                                       {TYPEFLAG_FDISPATCHABLE, "dispatchable"}})
                  .c_str(),
              Quoted(named.help).c_str());
  for (UINT index = 0; index < type->cImplTypes; ++index) {
    HREFTYPE handle = 0;
    ComPtr<ITypeInfo> implemented;
    INT flags = 0;
    ThrowIfFailed(info->GetRefTypeOfImplType(index, &handle), "ITypeInfo::GetRefTypeOfImplType");
    ThrowIfFailed(info->GetRefTypeInfo(handle, implemented.GetAddressOf()),
                  "ITypeInfo::GetRefTypeInfo");
    if (type->typekind == TKIND_COCLASS) {
      ThrowIfFailed(info->GetImplTypeFlags(index, &flags), "ITypeInfo::GetImplTypeFlags");
    }
    std::printf("implements %s %s\n",
                Narrow(DocumentationOf(implemented.Get(), MEMBERID_NIL).name.View()).c_str(),
                Flags(static_cast<unsigned>(flags), {{IMPLTYPEFLAG_FDEFAULT, "default"}}).c_str());
  }
  for (UINT index = 0; index < type->cVars; ++index) {
    VARDESC* variable = nullptr;
    ThrowIfFailed(info->GetVarDesc(index, &variable), "ITypeInfo::GetVarDesc");
    std::printf("const %s = %s\n",
                Narrow(DocumentationOf(info, variable->memid).name.View()).c_str(),
                variable->varkind == VAR_CONST ? Text(*variable->lpvarValue).c_str() : "?");
    info->ReleaseVarDesc(variable);
  }
  for (UINT index = 0; index < type->cFuncs; ++index) {
    FUNCDESC* function = nullptr;
    ThrowIfFailed(info->GetFuncDesc(index, &function), "ITypeInfo::GetFuncDesc");
    PrintFunction(info, *function);
    info->ReleaseFuncDesc(function);
  }
  info->ReleaseTypeAttr(type);
}

void PrintLibrary(ITypeLib* library) {
  TLIBATTR* attributes = nullptr;
  ThrowIfFailed(library->GetLibAttr(&attributes), "ITypeLib::GetLibAttr");
  Bstr name;
  Bstr help;
  ThrowIfFailed(library->GetDocumentation(-1, name.Put(), help.Put(), nullptr, nullptr),
                "ITypeLib::GetDocumentation");
  std::printf("library %s %s %d.%d lcid %lu flags %d %s %s\n", Narrow(name.View()).c_str(),
              Text(attributes->guid).c_str(), attributes->wMajorVerNum, attributes->wMinorVerNum,
              attributes->lcid, attributes->wLibFlags,
              attributes->syskind == SYS_WIN64 ? "win64" : "win32", Quoted(help).c_str());
  library->ReleaseTLibAttr(attributes);
  for (UINT index = 0; index < library->GetTypeInfoCount(); ++index) {
    ComPtr<ITypeInfo> info;
    ThrowIfFailed(library->GetTypeInfo(index, info.GetAddressOf()), "ITypeLib::GetTypeInfo");
    PrintType(info.Get());
  }
}

ComPtr<ITypeLib> Load(const wchar_t* file) {
  ComPtr<ITypeLib> library;
  ThrowIfFailed(LoadTypeLibEx(file, REGKIND_NONE, library.GetAddressOf()), "LoadTypeLibEx");
  return library;
}

LibraryContents Sample() {
  LibraryContents contents;
  contents.name = L"Sample";
  contents.libid = {0x5B1F2C01, 0x3A4D, 0x4E5F, {0x80, 1, 2, 3, 4, 5, 6, 7}};
  contents.enumerations.push_back(
      {L"Mode", {0x5B1F2C02, 0x3A4D, 0x4E5F, {0x80, 1, 2, 3, 4, 5, 6, 7}}, {{L"fast", 1}}});
  LibraryFunction function;
  function.name = L"run";
  function.dispid = 1;
  function.returns = LibraryType{VT_BSTR, {}};
  LibraryParameter parameter;
  parameter.name = L"mode";
  parameter.type = {VT_I4, L"Mode"};
  parameter.optional = true;
  VARIANT* const value = parameter.default_value.Put();
  value->vt = VT_I4;
  value->lVal = 1;
  function.parameters.push_back(std::move(parameter));
  LibraryClass one;
  one.name = L"Runner";
  one.clsid = CLSID{0x5B1F2C03, 0x3A4D, 0x4E5F, {0x80, 1, 2, 3, 4, 5, 6, 7}};
  one.interface_name = L"_Runner";
  one.iid = {0x5B1F2C04, 0x3A4D, 0x4E5F, {0x80, 1, 2, 3, 4, 5, 6, 7}};
  one.functions.push_back(std::move(function));
  contents.classes.push_back(std::move(one));
  return contents;
}

void PrintInMemory(const wchar_t* file) {
  const LibraryContents contents = Sample();
  WriteTypeLibrary(contents, file);
  PrintLibrary(Load(file).Get());
  std::puts("memory");
  ClassTypeInfo info = TypeInfoOf(contents, L"Runner");
  ComPtr<ITypeLib> library;
  UINT index = 99;
  ThrowIfFailed(info.interface_info->GetContainingTypeLib(library.GetAddressOf(), &index),
                "ITypeInfo::GetContainingTypeLib");
  PrintLibrary(library.Get());
  // The library lives as long as one of its parts.
  library.Reset();
  info.class_info.Reset();
  wchar_t name[] = L"RUN";
  LPOLESTR names[] = {name};
  MEMBERID found = 0;
  ThrowIfFailed(info.interface_info->GetIDsOfNames(names, 1, &found), "ITypeInfo::GetIDsOfNames");
  std::printf("run is %ld\n", found);
}

template <typename Change>
void PrintFailure(const wchar_t* file, Change change) {
  LibraryContents contents = Sample();
  change(contents);
  try {
    WriteTypeLibrary(contents, file);
    std::puts("made");
  } catch (const TypeLibraryFailure& failure) {
    std::printf("%s: %s 0x%08lX\n", Narrow(failure.Where()).c_str(), failure.Operation(),
                static_cast<unsigned long>(failure.Result()));
  }
}

void PrintFailures(const wchar_t* file) {
  PrintFailure(file, [](LibraryContents& contents) {
    contents.classes[0].functions[0].parameters[0].type.enumeration = L"None";
  });
  PrintFailure(file, [](LibraryContents& contents) {
    LibraryFunction other;
    other.name = L"run";
    other.dispid = 2;
    contents.classes[0].functions.push_back(std::move(other));
  });
  PrintFailure(file, [](LibraryContents& contents) {
    LibraryFunction other;
    other.name = L"size";
    other.dispid = 2;
    other.kind = INVOKE_PROPERTYPUT;
    contents.classes[0].functions.push_back(std::move(other));
  });
  PrintFailure(file, [](LibraryContents& contents) { contents.classes[0].name = L"Mode"; });
  PrintFailure(file, [](LibraryContents&) {});
  try {
    static_cast<void>(TypeInfoOf(Sample(), L"None"));
  } catch (const TypeLibraryFailure& failure) {
    std::printf("%s: %s\n", Narrow(failure.Where()).c_str(), failure.Operation());
  }
}

int Run(std::string_view what, std::wstring path) {
  wchar_t* const file = path.data();
  if (what == "read") {
    PrintLibrary(Load(file).Get());
  } else if (what == "memory") {
    PrintInMemory(file);
  } else if (what == "broken") {
    PrintFailures(file);
  } else if (what == "register") {
    ThrowIfFailed(RegisterTypeLib(Load(file).Get(), file, nullptr), "RegisterTypeLib");
  } else if (what == "unregister") {
    TLIBATTR* attributes = nullptr;
    const ComPtr<ITypeLib> library = Load(file);
    ThrowIfFailed(library->GetLibAttr(&attributes), "ITypeLib::GetLibAttr");
    const TLIBATTR copy = *attributes;
    library->ReleaseTLibAttr(attributes);
    ThrowIfFailed(
        UnRegisterTypeLib(copy.guid, copy.wMajorVerNum, copy.wMinorVerNum, copy.lcid, copy.syskind),
        "UnRegisterTypeLib");
  } else {
    return 2;
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    return 2;
  }
  const MultithreadedApartment apartment;
  try {
    return Run(arguments[1], std::filesystem::path(arguments[2]).wstring());
  } catch (const std::exception& error) {
    std::printf("failed: %s\n", error.what());
    return 1;
  }
}
