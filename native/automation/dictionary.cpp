#include "automation/dictionary.h"

#include <objidl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "automation/dictionary_members.h"
#include "automation/dictionary_type_info.h"
#include "automation/enum_variant.h"
#include "com/entry.h"
#include "com/object.h"
#include "com/same_name.h"
#include "com/win32_error.h"
#include "value/conversion.h"
#include "value/dictionary_array.h"

namespace async_com {

namespace {

// Only objects of this file have this interface. It has no proxy.
// {5B7F3B1C-2A0E-4E0B-9C43-6C1F8B0B7D52}
constexpr IID kDictionaryIid = {
    0x5B7F3B1C, 0x2A0E, 0x4E0B, {0x9C, 0x43, 0x6C, 0x1F, 0x8B, 0x0B, 0x7D, 0x52}};

std::wstring_view TextOf(const VARIANT& value) noexcept {
  return value.bstrVal == nullptr ? std::wstring_view()
                                  : std::wstring_view(value.bstrVal, SysStringLen(value.bstrVal));
}

bool IsNumber(VARTYPE type) noexcept {
  switch (type) {
    case VT_I1:
    case VT_UI1:
    case VT_I2:
    case VT_UI2:
    case VT_I4:
    case VT_UI4:
    case VT_I8:
    case VT_UI8:
    case VT_INT:
    case VT_UINT:
    case VT_R4:
    case VT_R8:
    case VT_CY:
    case VT_DECIMAL:
      return true;
    default:
      return false;
  }
}

// Compares without asking an object for anything.
bool IsSameKey(const VARIANT& key, const VARIANT& other) noexcept {
  if (IsNumber(key.vt) && IsNumber(other.vt)) {
    return VarCmp(const_cast<VARIANT*>(&key), const_cast<VARIANT*>(&other), LOCALE_INVARIANT, 0) ==
           static_cast<HRESULT>(VARCMP_EQ);
  }
  if (key.vt != other.vt) {
    return false;
  }
  switch (key.vt) {
    case VT_BSTR:
      return TextOf(key) == TextOf(other);
    case VT_BOOL:
      return (key.boolVal == VARIANT_FALSE) == (other.boolVal == VARIANT_FALSE);
    case VT_DATE:
      return key.date == other.date;
    case VT_ERROR:
      return key.scode == other.scode;
    case VT_DISPATCH:
    case VT_UNKNOWN:
      return key.punkVal == other.punkVal;
    default:
      return key.vt == VT_EMPTY || key.vt == VT_NULL;
  }
}

Variant Copy(const VARIANT& value) {
  if ((value.vt & VT_BYREF) != 0 && value.byref == nullptr) {
    throw ComFailure(E_INVALIDARG, "VariantCopyInd");
  }
  Variant copy;
  ThrowIfFailed(VariantCopyInd(copy.Put(), const_cast<VARIANT*>(&value)), "VariantCopyInd");
  return copy;
}

Variant Owned(VARTYPE type, void* pointer) noexcept {
  VARIANT owned{};
  owned.vt = type;
  owned.byref = pointer;
  Variant value;
  *value.Put() = owned;
  return value;
}

using Values = std::vector<Variant>;

class Dictionary final : public ComObject<IDispatch> {
 public:
  Dictionary(DictionaryKind kind, Values keys, Values values)
      : kind_(kind),
        keys_(std::make_shared<const Values>(std::move(keys))),
        values_(std::move(values)) {}

  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) noexcept override;
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID locale,
                                        ITypeInfo** info) noexcept override;
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID reserved, LPOLESTR* names, UINT count, LCID locale,
                                          DISPID* ids) noexcept override;
  HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID reserved, LCID locale, WORD flags,
                                   DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                                   UINT* argument) noexcept override;

  // Makes the array for which the object stands.
  SafeArray Encode(unsigned depth) const;

 protected:
  void* Find(REFIID iid) noexcept override {
    return iid == kDictionaryIid ? this : ComObject::Find(iid);
  }

 private:
  DISPID FindName(std::wstring_view name) const noexcept;
  // Returns a place in the list, or the size of the list.
  std::size_t FindKey(const VARIANT& key) const;
  HRESULT Get(DISPID id, const DISPPARAMS& parameters, WORD flags, VARIANT* result) const;
  HRESULT GetEntry(std::size_t index, DISPPARAMS parameters, WORD flags, VARIANT* result) const;
  Variant KeysAsArray() const;

  const DictionaryKind kind_;
  const std::shared_ptr<const Values> keys_;
  const Values values_;
};

void DictionariesToObjects(VARIANT& value, unsigned depth);
void ObjectsToDictionaries(VARIANT& value, unsigned depth);

HRESULT Dictionary::GetTypeInfoCount(UINT* count) noexcept {
  if (count == nullptr) {
    return E_POINTER;
  }
  *count = 1;
  return S_OK;
}

HRESULT Dictionary::GetTypeInfo(UINT index, LCID, ITypeInfo** info) noexcept {
  if (info == nullptr) {
    return E_POINTER;
  }
  *info = nullptr;
  if (index != 0) {
    return DISP_E_BADINDEX;
  }
  return Guarded([&] {
    std::vector<std::pair<std::wstring, DISPID>> names;
    DISPID id = 0;
    for (const Variant& key : *keys_) {
      ++id;
      if (key.Get().vt == VT_BSTR) {
        names.emplace_back(TextOf(key.Get()), id);
      }
    }
    *info = TypeInfoOfDictionary(names).Detach();
    return S_OK;
  });
}

HRESULT Dictionary::GetIDsOfNames(REFIID reserved, LPOLESTR* names, UINT count, LCID,
                                  DISPID* ids) noexcept {
  if (names == nullptr || ids == nullptr || count == 0) {
    return E_INVALIDARG;
  }
  std::fill_n(ids, count, DISPID_UNKNOWN);
  if (reserved != IID_NULL) {
    return DISP_E_UNKNOWNINTERFACE;
  }
  if (names[0] == nullptr) {
    return E_INVALIDARG;
  }
  ids[0] = FindName(names[0]);
  return ids[0] == DISPID_UNKNOWN || count > 1 ? DISP_E_UNKNOWNNAME : S_OK;
}

HRESULT Dictionary::Invoke(DISPID id, REFIID reserved, LCID, WORD flags, DISPPARAMS* parameters,
                           VARIANT* result, EXCEPINFO*, UINT*) noexcept {
  if (result != nullptr) {
    VariantInit(result);
  }
  if (reserved != IID_NULL) {
    return DISP_E_UNKNOWNINTERFACE;
  }
  // Nothing can be put. A client that cannot tell a method from a property asks for both.
  if ((flags & (DISPATCH_METHOD | DISPATCH_PROPERTYGET)) == 0) {
    return DISP_E_MEMBERNOTFOUND;
  }
  if (parameters == nullptr || (parameters->cArgs > 0 && parameters->rgvarg == nullptr)) {
    return E_INVALIDARG;
  }
  if (parameters->cNamedArgs > 0) {
    return DISP_E_NONAMEDARGS;
  }
  return Guarded([&] { return Get(id, *parameters, flags, result); });
}

DISPID Dictionary::FindName(std::wstring_view name) const noexcept {
  for (const DictionaryMember& member : kDictionaryMembers) {
    if (IsSameName(member.name, name)) {
      return member.id;
    }
  }
  DISPID found = DISPID_UNKNOWN;
  DISPID id = 0;
  for (const Variant& key : *keys_) {
    ++id;
    if (key.Get().vt != VT_BSTR) {
      continue;
    }
    if (TextOf(key.Get()) == name) {
      return id;
    }
    if (found == DISPID_UNKNOWN && IsSameName(TextOf(key.Get()), name)) {
      found = id;
    }
  }
  return found;
}

std::size_t Dictionary::FindKey(const VARIANT& key) const {
  Variant wanted = Copy(key);
  // The keys of an object are strings, and JavaScript finds the key "1" by the number 1, too.
  if (kind_ == DictionaryKind::kObject && IsNumber(wanted.Get().vt)) {
    VARIANT text = wanted.Detach();
    const HRESULT converted = ConvertVariant(text, VT_BSTR, LOCALE_INVARIANT);
    *wanted.Put() = text;
    ThrowIfFailed(converted, "ConvertVariant");
  }
  const auto found = std::find_if(keys_->begin(), keys_->end(), [&](const Variant& one) {
    return IsSameKey(one.Get(), wanted.Get());
  });
  return static_cast<std::size_t>(found - keys_->begin());
}

HRESULT Dictionary::Get(DISPID id, const DISPPARAMS& parameters, WORD flags,
                        VARIANT* result) const {
  Variant unused;
  VARIANT& out = result == nullptr ? *unused.Put() : *result;
  const UINT count = parameters.cArgs;
  const UINT expected = id == DISPID_VALUE || id == kDictionaryExists ? 1 : 0;
  const auto index = static_cast<std::size_t>(id) - 1;
  if (id >= 1 && index < values_.size()) {
    return GetEntry(index, parameters, flags, &out);
  }
  const bool is_fixed =
      std::any_of(kDictionaryMembers.begin(), kDictionaryMembers.end(),
                  [id](const DictionaryMember& member) { return member.id == id; });
  if (!is_fixed) {
    return DISP_E_MEMBERNOTFOUND;
  }
  if (count != expected) {
    return DISP_E_BADPARAMCOUNT;
  }
  if (id == kDictionaryCount) {
    out.vt = VT_I4;
    out.lVal = static_cast<LONG>(values_.size());
  } else if (id == kDictionaryKeys) {
    out = KeysAsArray().Detach();
  } else if (id == DISPID_NEWENUM) {
    ComPtr<IUnknown> enumerator(MakeCom<EnumVariant>(keys_));
    out = Owned(VT_UNKNOWN, enumerator.Detach()).Detach();
  } else {
    const std::size_t found = FindKey(parameters.rgvarg[0]);
    if (id == kDictionaryExists) {
      out.vt = VT_BOOL;
      out.boolVal = found < values_.size() ? VARIANT_TRUE : VARIANT_FALSE;
    } else if (found < values_.size()) {
      out = Copy(values_[found].Get()).Detach();
    }
  }
  return S_OK;
}

// Arguments of a property belong to its value: `order.lines("first")`.
HRESULT Dictionary::GetEntry(std::size_t index, DISPPARAMS parameters, WORD flags,
                             VARIANT* result) const {
  const VARIANT& value = values_[index].Get();
  if (parameters.cArgs == 0) {
    *result = Copy(value).Detach();
    return S_OK;
  }
  if (value.vt != VT_DISPATCH || value.pdispVal == nullptr) {
    return DISP_E_BADPARAMCOUNT;
  }
  return value.pdispVal->Invoke(DISPID_VALUE, IID_NULL, LOCALE_INVARIANT, flags, &parameters,
                                result, nullptr, nullptr);
}

Variant Dictionary::KeysAsArray() const {
  SafeArray array = SafeArray::Create(VT_VARIANT, static_cast<ULONG>(keys_->size()));
  {
    const LockedElements elements(array.Get(), VT_VARIANT);
    for (std::size_t index = 0; index < keys_->size(); ++index) {
      elements.As<VARIANT>()[index] = Copy((*keys_)[index].Get()).Detach();
    }
  }
  return Owned(VT_ARRAY | VT_VARIANT, array.Detach());
}

SafeArray Dictionary::Encode(unsigned depth) const {
  SafeArray array = NewDictionaryArray(kind_, static_cast<ULONG>(values_.size()));
  const LockedArray elements(array.Get(), VT_VARIANT);
  for (std::size_t index = 0; index < values_.size(); ++index) {
    VARIANT& key = elements.As<VARIANT>()[index];
    VARIANT& value = elements.As<VARIANT>()[values_.size() + index];
    key = Copy((*keys_)[index].Get()).Detach();
    value = Copy(values_[index].Get()).Detach();
    ObjectsToDictionaries(key, depth + 1);
    ObjectsToDictionaries(value, depth + 1);
  }
  return array;
}

// JavaScript sends nothing that is nested more deeply, and refuses it.
bool IsTooDeep(unsigned depth) noexcept { return depth > kDeepestNesting; }

// Calls `change` for each element of an array of VARIANT. Leaves one alone that is not as it says.
template <typename Change>
void ChangeElements(const VARIANT& value, Change change) {
  VARTYPE type = VT_EMPTY;
  if (value.vt != (VT_ARRAY | VT_VARIANT) || value.parray == nullptr ||
      FAILED(SafeArrayGetVartype(value.parray, &type)) || type != VT_VARIANT) {
    return;
  }
  const LockedArray elements(value.parray, VT_VARIANT);
  for (VARIANT& element : elements.As<VARIANT>()) {
    change(element);
  }
}

ComPtr<IDispatch> MakeDictionary(SafeArray encoded, unsigned depth) {
  const DictionaryKind kind = DictionaryKindOf(encoded.Get());
  if (kind == DictionaryKind::kNone) {
    throw ComFailure(E_INVALIDARG, "MakeDictionary");
  }
  Values keys;
  Values values;
  const LockedArray elements(encoded.Get(), VT_VARIANT);
  const std::size_t count = elements.Count() / 2;
  keys.reserve(count);
  values.reserve(count);
  for (std::size_t index = 0; index < elements.Count(); ++index) {
    VARIANT& element = elements.As<VARIANT>()[index];
    DictionariesToObjects(element, depth + 1);
    Variant moved;
    std::swap(*moved.Put(), element);
    (index < count ? keys : values).push_back(std::move(moved));
  }
  return MakeCom<Dictionary>(kind, std::move(keys), std::move(values));
}

void DictionariesToObjects(VARIANT& value, unsigned depth) {
  if (IsTooDeep(depth)) {
    return;
  }
  if (DictionaryKindOf(value) == DictionaryKind::kNone) {
    ChangeElements(value, [depth](VARIANT& element) { DictionariesToObjects(element, depth + 1); });
    return;
  }
  SafeArray encoded(value.parray);
  VariantInit(&value);
  value.pdispVal = MakeDictionary(std::move(encoded), depth).Detach();
  value.vt = VT_DISPATCH;
}

// Returns null for every other object. A proxy has IClientSecurity, and is not asked for more: that
// would wait for another process.
const Dictionary* DictionaryOf(IUnknown* object) {
  ComPtr<IClientSecurity> security;
  if (object == nullptr || SUCCEEDED(object->QueryInterface(IID_PPV_ARGS(&security)))) {
    return nullptr;
  }
  void* found = nullptr;
  if (FAILED(object->QueryInterface(kDictionaryIid, &found)) || found == nullptr) {
    return nullptr;
  }
  // The caller has a reference.
  auto* const dictionary = static_cast<Dictionary*>(found);
  dictionary->Release();
  return dictionary;
}

void ObjectsToDictionaries(VARIANT& value, unsigned depth) {
  if (IsTooDeep(depth)) {
    return;
  }
  if (value.vt != VT_DISPATCH && value.vt != VT_UNKNOWN) {
    ChangeElements(value, [depth](VARIANT& element) { ObjectsToDictionaries(element, depth + 1); });
    return;
  }
  if (const Dictionary* const dictionary = DictionaryOf(value.punkVal)) {
    SafeArray encoded = dictionary->Encode(depth);
    VariantClear(&value);
    value.parray = encoded.Detach();
    value.vt = VT_ARRAY | VT_VARIANT;
  }
}

}  // namespace

ComPtr<IDispatch> MakeDictionary(SafeArray encoded) {
  return MakeDictionary(std::move(encoded), 0);
}

void DictionariesToObjects(VARIANT& value) { DictionariesToObjects(value, 0); }

void ObjectsToDictionaries(VARIANT& value) { ObjectsToDictionaries(value, 0); }

}  // namespace async_com
