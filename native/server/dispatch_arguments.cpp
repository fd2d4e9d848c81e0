#include "server/dispatch_arguments.h"

#include <utility>

#include "automation/dictionary.h"
#include "com/win32_error.h"
#include "value/conversion.h"

namespace async_com {

namespace {

// A client leaves out an argument with this VARIANT.
bool IsLeftOut(const VARIANT& argument) noexcept {
  return argument.vt == VT_ERROR && argument.scode == DISP_E_PARAMNOTFOUND;
}

bool IsPut(Access access) noexcept {
  return access == Access::kPut || access == Access::kPutReference;
}

// The memory that a VARIANT of a reference refers to holds a value of the VARIANT's type.
void Store(VARIANT& reference, VARIANT value) noexcept {
  switch (reference.vt & ~VT_BYREF) {
    case VT_I1:
    case VT_UI1:
      *reference.pbVal = value.bVal;
      break;
    case VT_I2:
    case VT_UI2:
    case VT_BOOL:
      *reference.piVal = value.iVal;
      break;
    case VT_I4:
    case VT_UI4:
    case VT_INT:
    case VT_UINT:
    case VT_R4:
    case VT_ERROR:
      *reference.plVal = value.lVal;
      break;
    case VT_I8:
    case VT_UI8:
    case VT_R8:
    case VT_CY:
    case VT_DATE:
      *reference.pllVal = value.llVal;
      break;
    case VT_DECIMAL: {
      // The type of the VARIANT is in the first member of its DECIMAL.
      const USHORT reserved = reference.pdecVal->wReserved;
      *reference.pdecVal = value.decVal;
      reference.pdecVal->wReserved = reserved;
      break;
    }
    default:
      // A pointer: to a string, an object or an array.
      *reinterpret_cast<void**>(reference.byref) = value.byref;
      break;
  }
}

bool OwnsMemory(VARTYPE type) noexcept {
  return type == VT_BSTR || type == VT_DISPATCH || type == VT_UNKNOWN || (type & VT_ARRAY) != 0;
}

bool CanStore(VARTYPE type) noexcept {
  switch (type) {
    case VT_I1:
    case VT_UI1:
    case VT_I2:
    case VT_UI2:
    case VT_BOOL:
    case VT_I4:
    case VT_UI4:
    case VT_INT:
    case VT_UINT:
    case VT_R4:
    case VT_ERROR:
    case VT_I8:
    case VT_UI8:
    case VT_R8:
    case VT_CY:
    case VT_DATE:
    case VT_DECIMAL:
      return true;
    default:
      return OwnsMemory(type);
  }
}

HRESULT StoreInType(VARIANT& reference, Variant value, LCID locale) {
  const auto type = static_cast<VARTYPE>(reference.vt & ~VT_BYREF);
  if (!CanStore(type)) {
    return DISP_E_BADVARTYPE;
  }
  VARIANT converted = value.Detach();
  const HRESULT hresult = ConvertVariant(converted, type, locale);
  if (FAILED(hresult)) {
    VariantClear(&converted);
    return hresult;
  }
  if (OwnsMemory(type)) {
    VARIANT before;
    VariantInit(&before);
    before.vt = type;
    before.byref = *static_cast<void**>(reference.byref);
    Store(reference, converted);
    VariantClear(&before);
  } else {
    Store(reference, converted);
  }
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
  // A property that is not typed has no parameters. An untyped method takes any number.
  const bool too_many = member.parameters ? arguments_.size() > member.parameters->size()
                                          : !member.is_method && !arguments_.empty();
  if (too_many) {
    return DISP_E_BADPARAMCOUNT;
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
    if ((given->vt & VT_BYREF) != 0 && given->byref == nullptr) {
      return E_INVALIDARG;
    }
    const HRESULT copied = VariantCopyInd(&copies[index], given);
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

HRESULT DispatchArguments::Assign(std::size_t argument, Variant assigned, LCID locale) {
  Variant value;
  VARIANT* const converted = value.Put();
  *converted = assigned.Detach();
  DictionariesToObjects(*converted);
  VARIANT* reference = argument < arguments_.size() ? arguments_[argument].given : nullptr;
  if (reference == nullptr || (reference->vt & VT_BYREF) == 0) {
    return S_OK;
  }
  if (reference->vt == (VT_BYREF | VT_VARIANT)) {
    VARIANT* const variant = reference->pvarVal;
    if ((variant->vt & VT_BYREF) == 0 || variant->byref == nullptr) {
      VariantClear(variant);
      *variant = value.Detach();
      return S_OK;
    }
    reference = variant;
    if (reference->vt == (VT_BYREF | VT_VARIANT)) {
      return DISP_E_BADVARTYPE;
    }
  }
  return StoreInType(*reference, std::move(value), locale);
}

}  // namespace async_com
