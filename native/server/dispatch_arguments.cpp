#include "server/dispatch_arguments.h"

#include <cstring>
#include <utility>

#include "automation/dictionary.h"
#include "com/win32_error.h"
#include "value/conversion.h"
#include "value/foreign_copy.h"

namespace async_com {

namespace {

// JavaScript takes no more arguments: mostArguments in lib/server/server.ts.
constexpr UINT kMostArguments = 10'000;

// A client leaves out an argument with this VARIANT.
bool IsLeftOut(const VARIANT& argument) noexcept {
  return argument.vt == VT_ERROR && argument.scode == DISP_E_PARAMNOTFOUND;
}

// The memory that a VARIANT of a reference refers to holds a value of the VARIANT's type.
void Store(VARIANT& reference, VARIANT value) noexcept {
  const auto type = static_cast<VARTYPE>(reference.vt & ~VT_BYREF);
  if (type == VT_DECIMAL) {
    // The type of the VARIANT is in the first member of its DECIMAL.
    const USHORT reserved = reference.pdecVal->wReserved;
    *reference.pdecVal = value.decVal;
    reference.pdecVal->wReserved = reserved;
  } else if ((type & VT_ARRAY) != 0) {
    *reference.pparray = value.parray;
  } else {
    std::memcpy(reference.byref, &value.llVal, SizeOfElement(type));
  }
}

bool OwnsMemory(VARTYPE type) noexcept {
  return type == VT_BSTR || type == VT_DISPATCH || type == VT_UNKNOWN || (type & VT_ARRAY) != 0;
}

bool CanStore(VARTYPE type) noexcept {
  return (type & VT_ARRAY) != 0 || (type != VT_VARIANT && SizeOfElement(type) != 0);
}

// Where an assigned value goes. The caller's VARIANT of a reference may refer to a VARIANT that is
// a reference itself. Returns null if the argument is no reference that can be followed.
VARIANT* ReferenceIn(VARIANT& given) noexcept {
  if (given.vt != (VT_BYREF | VT_VARIANT)) {
    return &given;
  }
  VARIANT& variant = *given.pvarVal;
  if ((variant.vt & VT_BYREF) == 0 || variant.byref == nullptr) {
    return &given;
  }
  return variant.vt == (VT_BYREF | VT_VARIANT) ? nullptr : &variant;
}

// A locked array cannot be freed.
bool HasLockedArray(const VARIANT& reference) noexcept {
  const VARIANT& holder = reference.vt == (VT_BYREF | VT_VARIANT) ? *reference.pvarVal : reference;
  if ((holder.vt & VT_ARRAY) == 0) {
    return false;
  }
  const SAFEARRAY* const array = (holder.vt & VT_BYREF) != 0 ? *holder.pparray : holder.parray;
  return array != nullptr && array->cLocks != 0;
}

// Puts a value of the type that the reference has in place of what is there. If that cannot be
// freed, nothing changes.
HRESULT Replace(VARIANT& reference, Variant& value) noexcept {
  const auto type = static_cast<VARTYPE>(reference.vt & ~VT_BYREF);
  if (type == VT_VARIANT) {
    const HRESULT cleared = VariantClear(reference.pvarVal);
    if (SUCCEEDED(cleared)) {
      *reference.pvarVal = value.Detach();
    }
    return cleared;
  }
  if (OwnsMemory(type)) {
    VARIANT before{};
    before.vt = type;
    before.byref = *static_cast<void**>(reference.byref);
    const HRESULT cleared = VariantClear(&before);
    if (FAILED(cleared)) {
      return cleared;
    }
  }
  Store(reference, value.Detach());
  return S_OK;
}

}  // namespace

HRESULT DispatchArguments::Order(const DISPPARAMS& parameters, const Member& member, Access access,
                                 UINT& wrong) {
  UINT named = parameters.cNamedArgs;
  const DISPID* ids = parameters.rgdispidNamedArgs;
  UINT first = 0;  // of the arguments that are not the value of a put
  if (IsPut(access)) {
    // The value is the last parameter. It comes with a name of its own.
    if (parameters.cArgs == 0) {
      return DISP_E_BADPARAMCOUNT;
    }
    if (named > 0) {
      if (ids[0] != DISPID_PROPERTYPUT) {
        wrong = 0;
        return DISP_E_PARAMNOTFOUND;
      }
      --named;
      ++ids;
    }
    first = 1;
  }
  if (named > parameters.cArgs - first) {
    return E_INVALIDARG;
  }
  if (named > 0 && !member.parameters) {
    return DISP_E_NONAMEDARGS;
  }
  // Named arguments come first. The others follow, the last one first.
  const UINT positional = parameters.cArgs - first - named;
  // Looked at before anything is read: what the client says may not be true.
  const std::size_t most = member.parameters  ? member.parameters->size()
                           : member.is_method ? kMostArguments
                                              : 0;
  if (positional > most || named > most) {
    return DISP_E_BADPARAMCOUNT;
  }
  arguments_.resize(positional);
  for (UINT index = 0; index < positional; ++index) {
    const UINT place = parameters.cArgs - 1 - index;
    arguments_[index] = {&parameters.rgvarg[place], place};
  }
  for (UINT index = 0; index < named; ++index) {
    const DISPID id = ids[index];
    wrong = first + index;
    if (id < 0 || static_cast<std::size_t>(id) >= member.parameters->size()) {
      return DISP_E_PARAMNOTFOUND;
    }
    const auto parameter = static_cast<std::size_t>(id);
    if (parameter >= arguments_.size()) {
      arguments_.resize(parameter + 1);
    }
    if (arguments_[parameter].given != nullptr) {
      return DISP_E_BADPARAMCOUNT;
    }
    arguments_[parameter] = {&parameters.rgvarg[first + index], first + index};
  }
  for (Argument& argument : arguments_) {
    if (argument.given != nullptr && IsLeftOut(*argument.given)) {
      argument.given = nullptr;
    }
  }
  if (IsPut(access)) {
    if (member.parameters) {
      arguments_.resize(member.parameters->size());
    }
    arguments_.push_back({&parameters.rgvarg[0], 0});
  }
  return S_OK;
}

HRESULT DispatchArguments::Read(const DISPPARAMS& parameters, const Member& member, Access access,
                                UINT& wrong) {
  const HRESULT ordered = Order(parameters, member, access, wrong);
  if (FAILED(ordered)) {
    return ordered;
  }
  values_ = SafeArray::Create(VT_VARIANT, static_cast<ULONG>(arguments_.size()));
  const LockedElements elements(values_.Get(), VT_VARIANT);
  auto* const copies = elements.As<VARIANT>();
  for (std::size_t index = 0; index < arguments_.size(); ++index) {
    VARIANT* const given = arguments_[index].given;
    if (given == nullptr) {
      continue;
    }
    wrong = arguments_[index].place;
    const HRESULT copied = CopyForeign(copies[index], *given);
    if (FAILED(copied)) {
      return copied;
    }
    // What a reference to a VARIANT refers to may be left out, too.
    if (IsLeftOut(copies[index])) {
      VariantClear(&copies[index]);
    }
    ObjectsToDictionaries(copies[index]);
  }
  return S_OK;
}

std::vector<bool> DispatchArguments::ByReference() const {
  std::vector<bool> by_reference;
  by_reference.reserve(arguments_.size());
  for (const Argument& argument : arguments_) {
    by_reference.push_back(argument.given != nullptr && (argument.given->vt & VT_BYREF) != 0);
  }
  return by_reference;
}

UINT DispatchArguments::PlaceOf(std::size_t argument) const noexcept {
  return argument < arguments_.size() ? arguments_[argument].place : 0;
}

HRESULT DispatchArguments::Prepare(std::size_t argument, Variant assigned, LCID locale) {
  VARIANT* const given = argument < arguments_.size() ? arguments_[argument].given : nullptr;
  if (given == nullptr || (given->vt & VT_BYREF) == 0) {
    return S_OK;
  }
  VARIANT* const reference = ReferenceIn(*given);
  if (reference == nullptr) {
    return DISP_E_BADVARTYPE;
  }
  if (HasLockedArray(*reference)) {
    return DISP_E_ARRAYISLOCKED;
  }
  Variant value;
  VARIANT* const converted = value.Put();
  *converted = assigned.Detach();
  DictionariesToObjects(*converted);
  const auto type = static_cast<VARTYPE>(reference->vt & ~VT_BYREF);
  if (type != VT_VARIANT) {
    if (!CanStore(type)) {
      return DISP_E_BADVARTYPE;
    }
    const HRESULT hresult = ConvertVariant(*converted, type, locale);
    if (FAILED(hresult)) {
      return hresult;
    }
  }
  assignments_.push_back({reference, std::move(value)});
  return S_OK;
}

HRESULT DispatchArguments::Assign() noexcept {
  HRESULT result = S_OK;
  // VARIANTs last: another argument may refer to what is in one of them.
  for (const bool variants : {false, true}) {
    for (Assignment& assignment : assignments_) {
      if ((assignment.reference->vt == (VT_BYREF | VT_VARIANT)) == variants) {
        const HRESULT replaced = Replace(*assignment.reference, assignment.value);
        result = FAILED(result) ? result : replaced;
      }
    }
  }
  return result;
}

}  // namespace async_com
