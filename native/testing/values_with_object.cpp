#include "testing/values_with_object.h"

#include <objbase.h>

#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <new>
#include <utility>

#include "com/object.h"
#include "com/win32_error.h"
#include "value/dictionary_array.h"
#include "value/variant.h"

namespace async_com {

namespace {

std::atomic<DWORD> last_release{0};

// Remembers the thread that released it.
class Released final : public ComObject<IUnknown> {
 private:
  ~Released() override { last_release = GetCurrentThreadId(); }
};

struct Record {
  IUnknown* object;
};

Record* NewRecord() {
  auto* const record = static_cast<Record*>(CoTaskMemAlloc(sizeof(Record)));
  if (record == nullptr) {
    throw std::bad_alloc();
  }
  record->object = MakeCom<Released>().Detach();
  return record;
}

// Describes Record to Automation, which calls only some of these functions.
class RecordOfObject final : public ComObject<IRecordInfo> {
 public:
  HRESULT STDMETHODCALLTYPE RecordClear(void* record) noexcept override {
    if (IUnknown* const object = std::exchange(static_cast<Record*>(record)->object, nullptr)) {
      object->Release();
    }
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE RecordDestroy(void* record) noexcept override {
    RecordClear(record);
    CoTaskMemFree(record);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetSize(ULONG* size) noexcept override {
    *size = sizeof(Record);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetGuid(GUID* guid) noexcept override {
    *guid = {};
    return S_OK;
  }

  HRESULT STDMETHODCALLTYPE RecordInit(void*) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE RecordCopy(void*, void*) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetName(BSTR*) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetTypeInfo(ITypeInfo**) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetField(void*, LPCOLESTR, VARIANT*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE GetFieldNoCopy(void*, LPCOLESTR, VARIANT*, void**) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE PutField(ULONG, void*, LPCOLESTR, VARIANT*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE PutFieldNoCopy(ULONG, void*, LPCOLESTR, VARIANT*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE GetFieldNames(ULONG*, BSTR*) noexcept override { return E_NOTIMPL; }
  BOOL STDMETHODCALLTYPE IsMatchingType(IRecordInfo*) noexcept override { return FALSE; }
  void* STDMETHODCALLTYPE RecordCreate() noexcept override { return nullptr; }
  HRESULT STDMETHODCALLTYPE RecordCreateCopy(void*, void**) noexcept override { return E_NOTIMPL; }
};

Variant Owned(VARTYPE type, void* pointer) {
  Variant value;
  value.Put()->byref = pointer;
  value.Put()->vt = type;
  return value;
}

Variant Object(VARTYPE type = VT_UNKNOWN) { return Owned(type, MakeCom<Released>().Detach()); }

Variant OwnedArray(VARTYPE type, SAFEARRAY* array) {
  return Owned(static_cast<VARTYPE>(VT_ARRAY | type), array);
}

Variant ArrayOf(Variant element) {
  SafeArray array = SafeArray::Create(VT_VARIANT, 1);
  {
    const LockedElements elements(array.Get(), VT_VARIANT);
    *elements.As<VARIANT>() = element.Detach();
  }
  return OwnedArray(VT_VARIANT, array.Detach());
}

Variant ArrayOf(Variant first, Variant second) {
  SafeArray array = SafeArray::Create(VT_VARIANT, 2);
  {
    const LockedElements elements(array.Get(), VT_VARIANT);
    elements.As<VARIANT>()[0] = first.Detach();
    elements.As<VARIANT>()[1] = second.Detach();
  }
  return OwnedArray(VT_VARIANT, array.Detach());
}

// Makes an array of two by two elements. The last one is `last`, which the array takes over.
template <typename Element>
Variant Matrix(VARTYPE type, Element last) {
  std::array<SAFEARRAYBOUND, 2> bounds{{{2, 0}, {2, 5}}};
  SafeArray matrix(SafeArrayCreate(type, static_cast<UINT>(bounds.size()), bounds.data()));
  void* data = nullptr;
  ThrowIfFailed(SafeArrayAccessData(matrix.Get(), &data), "SafeArrayAccessData");
  static_cast<Element*>(data)[3] = last;
  SafeArrayUnaccessData(matrix.Get());
  return OwnedArray(type, matrix.Detach());
}

Variant ArrayOfObject(VARTYPE said) {
  SafeArray array = SafeArray::Create(VT_UNKNOWN, 1);
  {
    const LockedElements elements(array.Get(), VT_UNKNOWN);
    *elements.As<IUnknown*>() = MakeCom<Released>().Detach();
  }
  return OwnedArray(said, array.Detach());
}

Variant InDictionary(DictionaryKind kind, Variant key, Variant value) {
  SafeArray array = NewDictionaryArray(kind, 1);
  {
    const LockedArray elements(array.Get(), VT_VARIANT);
    elements.As<VARIANT>()[0] = key.Detach();
    elements.As<VARIANT>()[1] = value.Detach();
  }
  return OwnedArray(VT_VARIANT, array.Detach());
}

Variant Below(unsigned depth) {
  Variant value = Object();
  for (unsigned made = 0; made < depth; ++made) {
    value = ArrayOf(std::move(value));
  }
  return value;
}

// Makes a reference to a value, in memory as COM's marshaling allocates it.
template <typename Content>
Variant ReferenceTo(VARTYPE type, Content content) {
  void* const memory = CoTaskMemAlloc(sizeof(Content));
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  std::memcpy(memory, &content, sizeof content);
  return Owned(static_cast<VARTYPE>(VT_BYREF | type), memory);
}

Variant RecordWithObject(VARTYPE type) {
  Variant value = Owned(type, NewRecord());
  // Put would clear the value.
  const_cast<VARIANT&>(value.Get()).pRecInfo = MakeCom<RecordOfObject>().Detach();
  return value;
}

Variant ArrayOfRecord() {
  const auto info = MakeCom<RecordOfObject>();
  SafeArray array(SafeArrayCreateVectorEx(VT_RECORD, 0, 1, info.Get()));
  void* data = nullptr;
  ThrowIfFailed(SafeArrayAccessData(array.Get(), &data), "SafeArrayAccessData");
  static_cast<Record*>(data)->object = MakeCom<Released>().Detach();
  SafeArrayUnaccessData(array.Get());
  return OwnedArray(VT_RECORD, array.Detach());
}

// Makes an array with one element, which owns nothing.
template <typename Element>
Variant ArrayWith(VARTYPE type, Element element) {
  SafeArray array = SafeArray::Create(type, 2);
  {
    const LockedElements elements(array.Get(), type);
    elements.As<Element>()[1] = element;
  }
  return OwnedArray(type, array.Detach());
}

DECIMAL TenthsOf(ULONG tenths) {
  DECIMAL decimal{};
  decimal.Lo32 = tenths;
  decimal.scale = 1;
  return decimal;
}

// Makes an array of 2 by 2^31 by 2^31 elements, as it says. Its memory has 8.
Variant Huge() {
  const std::array<SAFEARRAYBOUND, 3> bounds{{{2, 0}, {2, 0}, {2, 0}}};
  SafeArray array = SafeArray::Create(VT_I4, bounds);
  array.Get()->rgsabound[0].cElements = 0x80000000;
  array.Get()->rgsabound[1].cElements = 0x80000000;
  return OwnedArray(VT_I4, array.Detach());
}

// Makes an array whose type is not what the VARIANT says: numbers said to be objects, or too few
// bytes for VARIANTs.
Variant Lie(VARTYPE type, VARTYPE said) {
  SafeArray array = SafeArray::Create(type, 3);
  {
    const LockedElements elements(array.Get(), type);
    std::memset(elements.As<void>(), 0x41, 3 * SafeArrayGetElemsize(array.Get()));
  }
  return OwnedArray(said, array.Detach());
}

const std::map<std::wstring_view, Variant (*)()> kValues = {
    {L"object", [] { return Object(); }},
    {L"array of VARIANTs", [] { return ArrayOf(Object()); }},
    {L"array of objects", [] { return ArrayOfObject(VT_UNKNOWN); }},
    {L"beside a matrix", [] { return ArrayOf(Matrix<LONG>(VT_I4, 1), Object()); }},
    {L"matrix of objects",
     [] { return Matrix<IUnknown*>(VT_UNKNOWN, MakeCom<Released>().Detach()); }},
    {L"matrix of VARIANTs", [] { return Matrix<VARIANT>(VT_VARIANT, Object().Detach()); }},
    {L"in an object",
     [] {
       return InDictionary(DictionaryKind::kObject, Owned(VT_BSTR, Bstr(L"a").Detach()), Object());
     }},
    {L"in a Map", [] { return InDictionary(DictionaryKind::kMap, Object(), Variant()); }},
    {L"below 70 arrays", [] { return Below(70); }},
    {L"reference to IUnknown",
     [] { return ReferenceTo<IUnknown*>(VT_UNKNOWN, MakeCom<Released>().Detach()); }},
    {L"reference to IDispatch",
     [] { return ReferenceTo<IUnknown*>(VT_DISPATCH, MakeCom<Released>().Detach()); }},
    {L"reference to a VARIANT", [] { return ReferenceTo<VARIANT>(VT_VARIANT, Object().Detach()); }},
    {L"reference to a reference",
     [] {
       auto inner = ReferenceTo<IUnknown*>(VT_UNKNOWN, MakeCom<Released>().Detach());
       return ReferenceTo<VARIANT>(VT_VARIANT, inner.Detach());
     }},
    {L"reference to an array",
     [] {
       Variant array = ArrayOfObject(VT_UNKNOWN);
       return ReferenceTo<SAFEARRAY*>(VT_ARRAY | VT_UNKNOWN, array.Detach().parray);
     }},
    {L"reference in an array",
     [] { return ArrayOf(ReferenceTo<IUnknown*>(VT_UNKNOWN, MakeCom<Released>().Detach())); }},
    {L"record", [] { return RecordWithObject(VT_RECORD); }},
    {L"reference to a record", [] { return RecordWithObject(VT_BYREF | VT_RECORD); }},
    {L"array of records", [] { return ArrayOfRecord(); }},
    {L"objects of a false size",
     [] {
       Variant array = ArrayOfObject(VT_UNKNOWN);
       array.Get().parray->cbElements = 2;
       return array;
     }},
    {L"numbers of a false size",
     [] {
       SafeArray array = SafeArray::Create(VT_I4, 3);
       array.Get()->cbElements = 0x10000000;
       return OwnedArray(VT_I4, array.Detach());
     }},
    {L"objects, said to be numbers", [] { return ArrayOfObject(VT_I8); }},
    {L"numbers, said to be objects", [] { return Lie(VT_I8, VT_UNKNOWN); }},
    {L"bytes, said to be VARIANTs", [] { return Lie(VT_UI1, VT_VARIANT); }},
    {L"array of decimals", [] { return ArrayWith(VT_DECIMAL, TenthsOf(15)); }},
    {L"matrix of decimals", [] { return Matrix(VT_DECIMAL, TenthsOf(15)); }},
    {L"array of errors", [] { return ArrayWith<SCODE>(VT_ERROR, E_FAIL); }},
    {L"an array larger than memory", Huge},
    {L"reference to a number", [] { return ReferenceTo<LONG>(VT_I4, 5); }},
    {L"reference to a string", [] { return ReferenceTo<BSTR>(VT_BSTR, Bstr(L"text").Detach()); }},
};

}  // namespace

HRESULT PutValueWithObject(std::wstring_view name, VARIANT& value) {
  const auto found = kValues.find(name);
  if (found == kValues.end()) {
    return DISP_E_UNKNOWNNAME;
  }
  value = found->second().Detach();
  return S_OK;
}

DWORD ThreadOfLastRelease() noexcept { return last_release.exchange(0); }

}  // namespace async_com
