#include "automation/type_library.h"

#include <windows.h>

#include <oaidl.h>
#include <oleauto.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "com/wine.h"

namespace async_com {

namespace {

// stdole2.tlb, the library that has IDispatch.
constexpr GUID kStdole = {
    0x00020430, 0x0000, 0x0000, {0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

// Says at what a step failed.
class Step {
 public:
  explicit Step(std::wstring where) : where_(std::move(where)) {}

  void Check(HRESULT result, const char* operation) const {
    if (FAILED(result)) {
      throw TypeLibraryFailure(result, operation, where_);
    }
  }

 private:
  std::wstring where_;
};

LPOLESTR Text(const std::wstring& text) { return const_cast<LPOLESTR>(text.c_str()); }

ComPtr<ITypeInfo> DispatchInfo(const Step& step) {
  ComPtr<ITypeLib> library;
  if (FAILED(LoadRegTypeLib(kStdole, 2, 0, 0, library.ReleaseAndGetAddressOf()))) {
    step.Check(LoadTypeLibEx(L"stdole2.tlb", REGKIND_NONE, library.ReleaseAndGetAddressOf()),
               "LoadTypeLibEx(stdole2.tlb)");
  }
  ComPtr<ITypeInfo> dispatch;
  step.Check(library->GetTypeInfoOfGuid(IID_IDispatch, dispatch.GetAddressOf()),
             "ITypeLib::GetTypeInfoOfGuid");
  return dispatch;
}

// The descriptions of the types of one function. A TYPEDESC refers to others, which this keeps in
// their places.
class FunctionTypes {
 public:
  explicit FunctionTypes(std::size_t parameters)
      : referred_(2 * (parameters + 1)), parameters_(parameters), defaults_(parameters) {}

  // `enumeration` is the handle of the type's enumeration. It is not used if there is none.
  TYPEDESC Describe(const LibraryType& type, HREFTYPE enumeration) {
    TYPEDESC element{};
    if (type.enumeration.empty()) {
      element.vt = static_cast<VARTYPE>(type.vartype & VT_TYPEMASK);
    } else {
      element.vt = VT_USERDEFINED;
      element.hreftype = enumeration;
    }
    return (type.vartype & VT_ARRAY) == 0 ? element : Referring(VT_SAFEARRAY, element);
  }

  TYPEDESC Referring(VARTYPE vartype, const TYPEDESC& to) {
    referred_.at(used_) = to;
    TYPEDESC description{};
    description.vt = vartype;
    description.lptdesc = &referred_.at(used_++);
    return description;
  }

  ELEMDESC& Parameter(std::size_t index) { return parameters_.at(index); }
  PARAMDESCEX& Default(std::size_t index) { return defaults_.at(index); }
  ELEMDESC* Parameters() { return parameters_.empty() ? nullptr : parameters_.data(); }

 private:
  std::vector<TYPEDESC> referred_;
  std::vector<ELEMDESC> parameters_;
  std::vector<PARAMDESCEX> defaults_;
  std::size_t used_ = 0;
};

class Builder {
 public:
  // An empty `file` is for a library that stays in memory.
  Builder(const LibraryContents& contents, const std::wstring& file)
      : contents_(contents),
        loses_doubles_(!file.empty() && WineVersion() != nullptr),
        step_(contents.name),
        dispatch_(DispatchInfo(step_)) {
    step_.Check(CreateTypeLib2(SYS_WIN64, file.empty() ? L"async-com" : file.c_str(),
                               library_.GetAddressOf()),
                "CreateTypeLib2");
    step_.Check(library_->SetName(Text(contents.name)), "ICreateTypeLib::SetName");
    step_.Check(library_->SetGuid(contents.libid), "ICreateTypeLib::SetGuid");
    step_.Check(library_->SetVersion(contents.major, contents.minor), "ICreateTypeLib::SetVersion");
    step_.Check(library_->SetLcid(contents.lcid), "ICreateTypeLib::SetLcid");
    step_.Check(library_->SetLibFlags(0), "ICreateTypeLib::SetLibFlags");
    if (!contents.help.empty()) {
      step_.Check(library_->SetDocString(Text(contents.help)), "ICreateTypeLib::SetDocString");
    }
    for (const LibraryEnumeration& one : contents.enumerations) {
      AddEnumeration(one);
    }
    for (const LibraryClass& one : contents.classes) {
      AddClass(one);
    }
  }

  void Save() const { step_.Check(library_->SaveAllChanges(), "ICreateTypeLib::SaveAllChanges"); }

  ClassTypeInfo InfoOf(const std::wstring& class_name) const {
    const Step step(class_name);
    ClassTypeInfo found;
    for (const LibraryClass& one : contents_.classes) {
      if (one.name == class_name) {
        found.interface_info = InfoWith(one.iid, step);
        if (one.clsid) {
          found.class_info = InfoWith(*one.clsid, step);
        }
      }
    }
    if (found.interface_info == nullptr) {
      throw TypeLibraryFailure(E_INVALIDARG, "TypeInfoOf", class_name);
    }
    return found;
  }

 private:
  ComPtr<ICreateTypeInfo> Create(const std::wstring& name, TYPEKIND kind, REFGUID id, WORD flags,
                                 const std::wstring& help) {
    const Step step(name);
    ComPtr<ICreateTypeInfo> info;
    step.Check(library_->CreateTypeInfo(Text(name), kind, info.GetAddressOf()),
               "ICreateTypeLib::CreateTypeInfo");
    step.Check(info->SetGuid(id), "ICreateTypeInfo::SetGuid");
    step.Check(info->SetTypeFlags(flags), "ICreateTypeInfo::SetTypeFlags");
    step.Check(info->SetVersion(contents_.major, contents_.minor), "ICreateTypeInfo::SetVersion");
    if (!help.empty()) {
      step.Check(info->SetDocString(Text(help)), "ICreateTypeInfo::SetDocString");
    }
    return info;
  }

  // Returns what others refer to, of a type that is complete.
  static ComPtr<ITypeInfo> LaidOut(ICreateTypeInfo* info, const Step& step) {
    step.Check(info->LayOut(), "ICreateTypeInfo::LayOut");
    ComPtr<ITypeInfo> complete;
    step.Check(info->QueryInterface(IID_PPV_ARGS(complete.GetAddressOf())),
               "QueryInterface(ITypeInfo)");
    return complete;
  }

  void AddEnumeration(const LibraryEnumeration& one) {
    const auto info = Create(one.name, TKIND_ENUM, one.id, 0, {});
    UINT index = 0;
    for (const auto& [name, number] : one.members) {
      const Step step(one.name + L"." + name);
      VARIANT value{};
      value.vt = VT_I4;
      value.lVal = number;
      VARDESC description{};
      description.memid = MEMBERID_NIL;
      description.varkind = VAR_CONST;
      description.lpvarValue = &value;
      description.elemdescVar.tdesc.vt = VT_INT;
      step.Check(info->AddVarDesc(index, &description), "ICreateTypeInfo::AddVarDesc");
      step.Check(info->SetVarName(index, Text(name)), "ICreateTypeInfo::SetVarName");
      ++index;
    }
    enumerations_[one.name] = LaidOut(info.Get(), Step(one.name));
  }

  void AddClass(const LibraryClass& one) {
    const Step step(one.interface_name);
    // The interface of a class that has a name of its own is not for people.
    const WORD hidden = one.clsid ? TYPEFLAG_FHIDDEN : 0;
    const auto info = Create(
        one.interface_name, TKIND_DISPATCH, one.iid,
        static_cast<WORD>(TYPEFLAG_FDISPATCHABLE | TYPEFLAG_FNONEXTENSIBLE | hidden), one.help);
    Implement(info.Get(), dispatch_.Get(), step);
    UINT index = 0;
    for (const LibraryFunction& function : one.functions) {
      AddFunction(info.Get(), index++, function, Step(one.name + L"." + function.name));
    }
    const ComPtr<ITypeInfo> complete = LaidOut(info.Get(), step);
    if (one.clsid) {
      const Step of_class(one.name);
      const auto coclass =
          Create(one.name, TKIND_COCLASS, *one.clsid, TYPEFLAG_FCANCREATE, one.help);
      Implement(coclass.Get(), complete.Get(), of_class);
      of_class.Check(coclass->SetImplTypeFlags(0, IMPLTYPEFLAG_FDEFAULT),
                     "ICreateTypeInfo::SetImplTypeFlags");
      static_cast<void>(LaidOut(coclass.Get(), of_class));
    }
  }

  static void Implement(ICreateTypeInfo* info, ITypeInfo* implemented, const Step& step) {
    HREFTYPE handle = 0;
    step.Check(info->AddRefTypeInfo(implemented, &handle), "ICreateTypeInfo::AddRefTypeInfo");
    step.Check(info->AddImplType(0, handle), "ICreateTypeInfo::AddImplType");
  }

  HREFTYPE HandleOf(ICreateTypeInfo* info, const LibraryType& type, const Step& step) const {
    HREFTYPE handle = 0;
    if (!type.enumeration.empty()) {
      const auto found = enumerations_.find(type.enumeration);
      step.Check(found == enumerations_.end() ? TYPE_E_UNDEFINEDTYPE : S_OK, "find an enumeration");
      step.Check(info->AddRefTypeInfo(found->second.Get(), &handle),
                 "ICreateTypeInfo::AddRefTypeInfo");
    }
    return handle;
  }

  void AddFunction(ICreateTypeInfo* info, UINT index, const LibraryFunction& function,
                   const Step& step) const {
    FunctionTypes types(function.parameters.size());
    SHORT optional = 0;
    std::vector<LPOLESTR> names{Text(function.name)};
    for (std::size_t place = 0; place < function.parameters.size(); ++place) {
      const LibraryParameter& parameter = function.parameters[place];
      ELEMDESC& description = types.Parameter(place);
      const VARIANT value = WritableDefault(parameter.default_value.Get());
      // A VARIANT can be left out without a default value in the library: the server has one.
      const bool is_lost = value.vt == VT_EMPTY && parameter.default_value.Get().vt != VT_EMPTY;
      const LibraryType type = is_lost ? LibraryType{} : parameter.type;
      description.tdesc = types.Describe(type, HandleOf(info, type, step));
      if (parameter.by_reference) {
        description.tdesc = types.Referring(VT_PTR, description.tdesc);
      }
      PARAMDESC& use = description.paramdesc;
      use.wParamFlags = PARAMFLAG_FIN;
      if (parameter.by_reference) {
        use.wParamFlags |= PARAMFLAG_FOUT;
      }
      if (parameter.optional) {
        use.wParamFlags |= PARAMFLAG_FOPT;
      }
      if (value.vt == VT_EMPTY) {
        // As MIDL counts them: without those that have a default value.
        optional = static_cast<SHORT>(optional + (parameter.optional ? 1 : 0));
      } else {
        use.wParamFlags |= PARAMFLAG_FHASDEFAULT;
        use.pparamdescex = &types.Default(place);
        use.pparamdescex->cBytes = sizeof(PARAMDESCEX);
        // The description borrows the value.
        use.pparamdescex->varDefaultValue = value;
      }
      names.push_back(Text(parameter.name));
    }
    const bool assigns = (function.kind & (INVOKE_PROPERTYPUT | INVOKE_PROPERTYPUTREF)) != 0;
    if (assigns) {
      // What is assigned has no name in a type library.
      names.pop_back();
    }
    FUNCDESC description{};
    description.memid = function.dispid;
    description.funckind = FUNC_DISPATCH;
    description.invkind = function.kind;
    description.callconv = CC_STDCALL;
    description.cParams = static_cast<SHORT>(function.parameters.size());
    description.cParamsOpt = function.vararg ? SHORT{-1} : optional;
    description.lprgelemdescParam = types.Parameters();
    description.wFuncFlags = static_cast<WORD>((function.hidden ? FUNCFLAG_FHIDDEN : 0) |
                                               (function.restricted ? FUNCFLAG_FRESTRICTED : 0));
    if (function.returns) {
      description.elemdescFunc.tdesc =
          types.Describe(*function.returns, HandleOf(info, *function.returns, step));
    } else {
      description.elemdescFunc.tdesc.vt = VT_VOID;
    }
    step.Check(info->AddFuncDesc(index, &description), "ICreateTypeInfo::AddFuncDesc");
    step.Check(info->SetFuncAndParamNames(index, names.data(), static_cast<UINT>(names.size())),
               "ICreateTypeInfo::SetFuncAndParamNames");
    if (!function.help.empty()) {
      step.Check(info->SetFuncDocString(index, Text(function.help)),
                 "ICreateTypeInfo::SetFuncDocString");
    }
  }

  // Wine 8.0 writes no default value of VT_R8 into a file, and then cannot read the file. So there
  // it is VT_R4, as MIDL writes it, or it is left out if that would be another number. The result
  // borrows what is in `value`.
  VARIANT WritableDefault(const VARIANT& value) const {
    if (!loses_doubles_ || value.vt != VT_R8) {
      return value;
    }
    VARIANT writable{};
    if (std::abs(value.dblVal) <= std::numeric_limits<float>::max()) {
      const auto shorter = static_cast<float>(value.dblVal);
      if (static_cast<double>(shorter) == value.dblVal) {
        writable.vt = VT_R4;
        writable.fltVal = shorter;
      }
    }
    return writable;
  }

  ComPtr<ITypeInfo> InfoWith(REFGUID id, const Step& step) const {
    ComPtr<ITypeLib> complete;
    step.Check(library_.As(&complete), "QueryInterface(ITypeLib)");
    ComPtr<ITypeInfo> info;
    step.Check(complete->GetTypeInfoOfGuid(id, info.GetAddressOf()), "ITypeLib::GetTypeInfoOfGuid");
    return info;
  }

  const LibraryContents& contents_;
  const bool loses_doubles_;  // see WritableDefault
  const Step step_;
  const ComPtr<ITypeInfo> dispatch_;
  ComPtr<ICreateTypeLib2> library_;
  std::map<std::wstring, ComPtr<ITypeInfo>> enumerations_;
};

}  // namespace

TypeLibraryFailure::TypeLibraryFailure(HRESULT result, const char* operation, std::wstring where)
    : WindowsFailure(result, operation, operation, FailureKind::kSystem),
      where_(std::move(where)) {}

void WriteTypeLibrary(const LibraryContents& contents, const std::wstring& file) {
  Builder(contents, file).Save();
}

ClassTypeInfo TypeInfoOf(const LibraryContents& contents, const std::wstring& class_name) {
  return Builder(contents, {}).InfoOf(class_name);
}

}  // namespace async_com
