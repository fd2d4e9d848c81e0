// Uses the objects that stand for objects and Maps of JavaScript.
//
//   native_dictionary     writes one line for each promise: "kept PROMISE" or "broken PROMISE"

#include <windows.h>

#include <oaidl.h>
#include <objbase.h>

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "automation/dictionary.h"
#include "com/object.h"
#include "com/ref_count.h"
#include "com/win32_error.h"
#include "value/dictionary_array.h"
#include "value/variant.h"

namespace {

using namespace async_com;

void Report(bool kept, const char* promise) {
  std::printf("%s %s\n", kept ? "kept" : "broken", promise);
}

Variant Owned(VARTYPE type, void* pointer) {
  VARIANT content{};
  content.vt = type;
  content.byref = pointer;
  Variant value;
  *value.Put() = content;
  return value;
}

Variant Text(std::wstring_view text) { return Owned(VT_BSTR, Bstr(text).Detach()); }

Variant Integer(LONG number, VARTYPE type = VT_I4) {
  Variant value;
  VARIANT& content = *value.Put();
  content.vt = type;
  content.lVal = number;
  return value;
}

Variant Number(double number) {
  Variant value;
  VARIANT& content = *value.Put();
  content.vt = VT_R8;
  content.dblVal = number;
  return value;
}

VARIANT& Content(Variant& value) { return const_cast<VARIANT&>(value.Get()); }

template <typename... Elements>
Variant ArrayOf(Elements... elements) {
  SafeArray array = SafeArray::Create(VT_VARIANT, sizeof...(elements));
  {
    const LockedElements locked(array.Get(), VT_VARIANT);
    VARIANT* to = locked.As<VARIANT>();
    ((*to++ = elements.Detach()), ...);
  }
  return Owned(VT_ARRAY | VT_VARIANT, array.Detach());
}

using Entry = std::pair<Variant, Variant>;

template <typename... Entries>
Variant Encoded(DictionaryKind kind, Entries... entries) {
  SafeArray array = NewDictionaryArray(kind, sizeof...(entries));
  {
    const LockedArray locked(array.Get(), VT_VARIANT);
    std::size_t index = 0;
    [[maybe_unused]] const auto put = [&](Entry entry) {
      locked.As<VARIANT>()[index] = entry.first.Detach();
      locked.As<VARIANT>()[sizeof...(entries) + index] = entry.second.Detach();
      ++index;
    };
    (put(std::move(entries)), ...);
  }
  return Owned(VT_ARRAY | VT_VARIANT, array.Detach());
}

Variant Order() {
  constexpr auto kObject = DictionaryKind::kObject;
  Variant line = Encoded(DictionaryKind::kMap, Entry(Integer(5), Text(L"five")),
                         Entry(Text(L"x"), ArrayOf(Encoded(kObject))));
  return Encoded(kObject, Entry(Text(L"name"), Text(L"order")), Entry(Text(L"Both"), Integer(1)),
                 Entry(Text(L"both"), Integer(2)), Entry(Text(L"Count"), Integer(77)),
                 Entry(Text(L"1"), Integer(11)), Entry(Text(L"line"), std::move(line)));
}

struct Tried {
  HRESULT hresult = S_OK;
  Variant result;
};

class Client {
 public:
  explicit Client(Variant value) : value_(std::move(value)) {}

  bool IsObject() const {
    return value_.Get().vt == VT_DISPATCH && value_.Get().pdispVal != nullptr;
  }
  IDispatch& Object() const { return *value_.Get().pdispVal; }

  DISPID Find(const wchar_t* name) const {
    auto* names = const_cast<LPOLESTR>(name);
    DISPID id = 99;
    const HRESULT found = Object().GetIDsOfNames(IID_NULL, &names, 1, 0, &id);
    return SUCCEEDED(found) == (id != DISPID_UNKNOWN) ? id : 99;
  }

  Tried Invoke(DISPID id, DISPPARAMS parameters = {}, WORD flags = DISPATCH_PROPERTYGET,
               REFIID iid = IID_NULL) const {
    Tried tried;
    tried.hresult =
        Object().Invoke(id, iid, 0, flags, &parameters, tried.result.Put(), nullptr, nullptr);
    return tried;
  }
  Tried Item(Variant key) const {
    VARIANT argument = key.Get();
    return Invoke(DISPID_VALUE, {&argument, nullptr, 1, 0});
  }
  Tried Get(const wchar_t* name) const { return Invoke(Find(name)); }
  bool Has(Variant key) const {
    VARIANT argument = key.Get();
    const Tried tried = Invoke(Find(L"exists"), {&argument, nullptr, 1, 0}, DISPATCH_METHOD);
    return tried.hresult == S_OK && tried.result.Get().boolVal == VARIANT_TRUE;
  }

 private:
  Variant value_;
};

bool IsInteger(const Tried& tried, LONG number) {
  return tried.hresult == S_OK && tried.result.Get().vt == VT_I4 &&
         tried.result.Get().lVal == number;
}

bool IsText(const VARIANT& value, std::wstring_view text) {
  return value.vt == VT_BSTR &&
         std::wstring_view(value.bstrVal, SysStringLen(value.bstrVal)) == text;
}

Client Made() {
  Variant value = Order();
  DictionariesToObjects(Content(value));
  return Client(std::move(value));
}

void ReadMembers() {
  const Client order = Made();
  Report(order.IsObject(), "makes an object");
  Report(order.Find(L"NAME") == 1 && IsText(order.Get(L"name").result.Get(), L"order"),
         "finds a key in any case");
  Report(order.Find(L"both") == 3 && order.Find(L"Both") == 2 && order.Find(L"BOTH") == 2,
         "prefers the exact key");
  Report(order.Find(L"none") == DISPID_UNKNOWN && order.Find(L"") == DISPID_UNKNOWN,
         "knows no other name");
  Report(IsInteger(order.Get(L"Count"), 6) && IsInteger(order.Item(Text(L"Count")), 77),
         "reaches a key that a member hides");
  Report(IsInteger(order.Item(Text(L"both")), 2) && IsInteger(order.Item(Text(L"Both")), 1) &&
             order.Item(Text(L"BOTH")).result.Get().vt == VT_EMPTY,
         "has exact keys in Item");
  Report(IsInteger(order.Item(Integer(1)), 11) && IsInteger(order.Item(Integer(1, VT_I2)), 11),
         "finds the key of an object by a number");
  Report(order.Has(Text(L"name")) && !order.Has(Text(L"NAME")) && !order.Has(Integer(2)),
         "says whether a key exists");
  const Tried keys = order.Get(L"Keys");
  Report(keys.hresult == S_OK && keys.result.Get().vt == (VT_ARRAY | VT_VARIANT) &&
             keys.result.Get().parray->rgsabound[0].cElements == 6,
         "lists the keys");
}

void ReadNested() {
  const Client order = Made();
  const Client line(std::move(order.Get(L"line").result));
  Report(line.IsObject() && IsInteger(line.Get(L"count"), 2), "makes objects of what is in it");
  Report(IsText(line.Item(Integer(5)).result.Get(), L"five") &&
             IsText(line.Item(Integer(5, VT_I2)).result.Get(), L"five") &&
             IsText(line.Item(Number(5)).result.Get(), L"five") &&
             line.Item(Text(L"5")).result.Get().vt == VT_EMPTY,
         "finds a key of a Map by an equal number, and not by its text");
  const Tried list = line.Get(L"x");
  const LockedElements elements(list.result.Get().parray, VT_VARIANT);
  Report(elements.Length() == 1 && elements.As<VARIANT>()->vt == VT_DISPATCH,
         "makes objects in arrays");
  VARIANT five{};
  five.vt = VT_I2;
  five.iVal = 5;
  Report(IsText(order.Invoke(order.Find(L"line"), {&five, nullptr, 1, 0}).result.Get(), L"five"),
         "gives arguments of a property to its value");
}

void Enumerate() {
  const Client order = Made();
  const Tried tried = order.Invoke(DISPID_NEWENUM);
  ComPtr<IEnumVARIANT> keys;
  if (tried.hresult != S_OK || tried.result.Get().vt != VT_UNKNOWN ||
      FAILED(tried.result.Get().punkVal->QueryInterface(IID_PPV_ARGS(&keys)))) {
    Report(false, "has an enumerator");
    return;
  }
  Report(true, "has an enumerator");
  std::array<VARIANT, 10> got{};
  const auto clear = [&] {
    for (VARIANT& one : got) {
      VariantClear(&one);
    }
  };
  ULONG fetched = 9;
  Report(keys->Next(2, got.data(), &fetched) == S_OK && fetched == 2 && IsText(got[0], L"name") &&
             IsText(got[1], L"Both"),
         "enumerates several keys at once");
  clear();
  ComPtr<IEnumVARIANT> clone;
  Report(keys->Clone(&clone) == S_OK && clone->Next(1, got.data(), nullptr) == S_OK &&
             IsText(got[0], L"both"),
         "clones an enumerator where it is");
  clear();
  Report(keys->Skip(3) == S_OK && keys->Next(10, got.data(), &fetched) == S_FALSE && fetched == 1 &&
             IsText(got[0], L"line"),
         "skips keys, and says how many are left");
  clear();
  Report(keys->Next(1, got.data(), &fetched) == S_FALSE && fetched == 0 && keys->Skip(1) == S_FALSE,
         "ends");
  Report(keys->Reset() == S_OK && keys->Next(1, got.data(), &fetched) == S_OK &&
             IsText(got[0], L"name"),
         "begins again");
  clear();
  Report(keys->Next(1, nullptr, &fetched) == E_POINTER && keys->Clone(nullptr) == E_POINTER,
         "refuses null pointers for keys");
}

void RefuseCalls() {
  const Client order = Made();
  VARIANT argument{};
  Report(
      order.Invoke(1, {&argument, nullptr, 1, 0}, DISPATCH_PROPERTYPUT).hresult ==
              DISP_E_MEMBERNOTFOUND &&
          order.Invoke(DISPID_VALUE, {&argument, nullptr, 1, 0}, DISPATCH_PROPERTYPUTREF).hresult ==
              DISP_E_MEMBERNOTFOUND,
      "cannot be changed");
  bool refused = true;
  for (const DISPID id : {DISPID_UNKNOWN, -2, -5, 7, 0x60020003, 0x7FFFFFFF}) {
    refused = refused && order.Invoke(id).hresult == DISP_E_MEMBERNOTFOUND;
  }
  Report(refused, "knows no other DISPID");
  Report(order.Invoke(DISPID_VALUE).hresult == DISP_E_BADPARAMCOUNT &&
             order.Invoke(order.Find(L"Count"), {&argument, nullptr, 1, 0}).hresult ==
                 DISP_E_BADPARAMCOUNT &&
             order.Invoke(1, {&argument, nullptr, 1, 0}).hresult == DISP_E_BADPARAMCOUNT,
         "counts arguments");
  DISPID name = 1;
  Report(order.Invoke(DISPID_VALUE, {&argument, &name, 1, 1}).hresult == DISP_E_NONAMEDARGS &&
             order.Invoke(DISPID_VALUE, {nullptr, nullptr, 1, 0}).hresult == E_INVALIDARG,
         "refuses arguments that are named or not there");
  argument.vt = VT_BYREF | VT_BSTR;
  Report(order.Invoke(DISPID_VALUE, {&argument, nullptr, 1, 0}).hresult == E_INVALIDARG,
         "refuses a reference to nothing");
  Report(order.Invoke(1, {}, DISPATCH_PROPERTYGET, IID_IUnknown).hresult == DISP_E_UNKNOWNINTERFACE,
         "demands the reserved IID");
  DISPID id = 0;
  LPOLESTR none = nullptr;
  Report(order.Object().GetIDsOfNames(IID_NULL, nullptr, 1, 0, &id) == E_INVALIDARG &&
             order.Object().GetIDsOfNames(IID_NULL, &none, 1, 0, &id) == E_INVALIDARG &&
             order.Object().Invoke(1, IID_NULL, 0, DISPATCH_PROPERTYGET, nullptr, nullptr, nullptr,
                                   nullptr) == E_INVALIDARG &&
             order.Object().GetTypeInfoCount(nullptr) == E_POINTER &&
             order.Object().GetTypeInfo(0, 0, nullptr) == E_POINTER &&
             order.Object().QueryInterface(IID_IUnknown, nullptr) == E_POINTER,
         "refuses null pointers");
  UINT infos = 0;
  ComPtr<ITypeInfo> info;
  std::array<BSTR, 2> names{};
  UINT got = 0;
  const bool described =
      order.Object().GetTypeInfoCount(&infos) == S_OK && infos == 1 &&
      order.Object().GetTypeInfo(0, 0, info.GetAddressOf()) == S_OK &&
      info->GetNames(1, names.data(), static_cast<UINT>(names.size()), &got) == S_OK && got == 1;
  Report(described && order.Find(names[0]) == 1, "describes its keys");
  SysFreeString(names[0]);
  Report(order.Object().GetTypeInfo(1, 0, info.ReleaseAndGetAddressOf()) == DISP_E_BADINDEX,
         "has one description");
  std::array<DISPPARAMS, 1> nothing{};
  Report(order.Object().Invoke(order.Find(L"Count"), IID_NULL, 0, DISPATCH_PROPERTYGET,
                               nothing.data(), nullptr, nullptr, nullptr) == S_OK,
         "answers a client that wants no result");
}

// An object of somebody else.
class Stranger final : public ComObject<IUnknown> {};

void ComeBack() {
  Variant value = ArrayOf(Order(), Owned(VT_UNKNOWN, MakeCom<Stranger>().Detach()), Integer(1));
  DictionariesToObjects(Content(value));
  ObjectsToDictionaries(Content(value));
  {
    const LockedElements elements(value.Get().parray, VT_VARIANT);
    const VARIANT* const back = elements.As<VARIANT>();
    Report(DictionaryKindOf(back[0]) == DictionaryKind::kObject, "becomes what it was");
    Report(back[1].vt == VT_UNKNOWN && back[2].vt == VT_I4, "leaves other values as they are");
    const LockedArray order(back[0].parray, VT_VARIANT);
    const VARIANT& line = order.As<VARIANT>()[11];
    Report(
        IsText(order.As<VARIANT>()[5], L"line") && DictionaryKindOf(line) == DictionaryKind::kMap,
        "becomes what it was inside, too");
    const LockedArray map(line.parray, VT_VARIANT);
    const LockedElements list(map.As<VARIANT>()[3].parray, VT_VARIANT);
    Report(DictionaryKindOf(*list.As<VARIANT>()) == DictionaryKind::kObject,
           "becomes what it was in arrays, too");
  }
  Variant matrix = ArrayOf(Integer(1), Integer(2));
  DictionariesToObjects(Content(matrix));
  Report(matrix.Get().vt == (VT_ARRAY | VT_VARIANT), "makes no object of an ordinary array");
  const std::array<SAFEARRAYBOUND, 2> bounds{{{1, 0}, {2, 0}}};
  Variant ordinary = Owned(VT_ARRAY | VT_VARIANT, SafeArray::Create(VT_VARIANT, bounds).Detach());
  DictionariesToObjects(Content(ordinary));
  Report(ordinary.Get().vt == (VT_ARRAY | VT_VARIANT), "makes no object of an ordinary matrix");
  bool refused = false;
  try {
    MakeDictionary(SafeArray::Create(VT_VARIANT, 2));
  } catch (const WindowsFailure& failure) {
    refused = failure.Result() == E_INVALIDARG;
  }
  Report(refused, "is made of nothing else");
}

}  // namespace

int main() {
  if (FAILED(CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {
    return 2;
  }
  ReadMembers();
  ReadNested();
  Enumerate();
  RefuseCalls();
  ComeBack();
  Report(RefCount::Objects() == 0, "leaves no object behind");
  return 0;
}
