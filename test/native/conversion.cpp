// Converts values between the types of automation.
//
//   native_conversion     writes one line for each promise: "kept PROMISE" or "broken PROMISE"

#include <windows.h>

#include <oaidl.h>
#include <objbase.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "com/object.h"
#include "value/conversion.h"
#include "value/decimal.h"
#include "value/variant.h"

namespace {

using namespace async_com;

void Report(bool kept, const char* promise) {
  std::printf("%s %s\n", kept ? "kept" : "broken", promise);
}

Variant Owned(const VARIANT& content) {
  Variant value;
  *value.Put() = content;
  return value;
}

VARIANT OfType(VARTYPE type) {
  VARIANT value{};
  value.vt = type;
  return value;
}

Variant Integer(LONG number) {
  VARIANT value = OfType(VT_I4);
  value.lVal = number;
  return Owned(value);
}

Variant Double(double number) {
  VARIANT value = OfType(VT_R8);
  value.dblVal = number;
  return Owned(value);
}

Variant Text(std::wstring_view text) {
  VARIANT value = OfType(VT_BSTR);
  value.bstrVal = Bstr(text).Detach();
  return Owned(value);
}

bool IsText(const Variant& value, std::wstring_view text) {
  return value.Get().vt == VT_BSTR &&
         std::wstring_view(value.Get().bstrVal, SysStringLen(value.Get().bstrVal)) == text;
}

HRESULT Convert(Variant& value, VARTYPE type) {
  return ConvertVariant(const_cast<VARIANT&>(value.Get()), type, LOCALE_INVARIANT);
}

// Converts a copy, and says whether the result has the type.
bool Becomes(Variant value, VARTYPE type) {
  return Convert(value, type) == S_OK && value.Get().vt == type;
}

// Says whether a conversion fails with `expected`, and changes nothing.
bool IsRefused(Variant value, VARTYPE type, HRESULT expected) {
  const VARIANT before = value.Get();
  const HRESULT result = Convert(value, type);
  return result == expected && value.Get().vt == before.vt && value.Get().byref == before.byref;
}

constexpr std::array<VARTYPE, 16> kPlain{VT_I1, VT_UI1,     VT_I2,   VT_UI2,  VT_I4, VT_UI4,
                                         VT_I8, VT_UI8,     VT_INT,  VT_UINT, VT_R4, VT_R8,
                                         VT_CY, VT_DECIMAL, VT_BSTR, VT_DATE};

// The text of a number is no date, and the text of a date no number.
bool IsPair(VARTYPE from, VARTYPE to) {
  return !(from == VT_BSTR && to == VT_DATE) && !(from == VT_DATE && to == VT_BSTR);
}

void ConvertPlain() {
  bool converted = true;
  for (const VARTYPE from : kPlain) {
    for (const VARTYPE to : kPlain) {
      if (!IsPair(from, to)) {
        continue;
      }
      Variant value = Integer(42);
      converted = converted && Convert(value, from) == S_OK && Convert(value, to) == S_OK &&
                  value.Get().vt == to && Convert(value, VT_I4) == S_OK && value.Get().lVal == 42;
    }
  }
  Report(converted, "converts a number between all plain types");
  Variant text = Integer(-7);
  Report(Convert(text, VT_BSTR) == S_OK && IsText(text, L"-7"), "writes a number as text");
  Variant rounded = Double(2.5);
  Report(Convert(rounded, VT_I4) == S_OK && rounded.Get().lVal == 2, "rounds half to even");
  Variant truth = Integer(5);
  Report(Convert(truth, VT_BOOL) == S_OK && truth.Get().boolVal == VARIANT_TRUE,
         "takes a number for true");
  Report(Becomes(Variant(), VT_I4) && Becomes(Variant(), VT_BSTR), "takes nothing for 0 and ''");
  Report(IsRefused(Integer(300), VT_UI1, DISP_E_OVERFLOW) &&
             IsRefused(Integer(-1), VT_UI4, DISP_E_OVERFLOW) &&
             IsRefused(Double(std::nan("")), VT_I4, DISP_E_OVERFLOW) &&
             IsRefused(Double(1e20), VT_I8, DISP_E_OVERFLOW) &&
             IsRefused(Double(1e300), VT_R4, DISP_E_OVERFLOW),
         "refuses a number that is too large");
  Report(IsRefused(Text(L"many"), VT_I4, DISP_E_TYPEMISMATCH) &&
             IsRefused(Owned(OfType(VT_NULL)), VT_I4, DISP_E_TYPEMISMATCH),
         "refuses what is no number");
  VARIANT left_out = OfType(VT_ERROR);
  left_out.scode = DISP_E_PARAMNOTFOUND;
  Report(IsRefused(Owned(left_out), VT_BSTR, DISP_E_TYPEMISMATCH),
         "refuses an argument that was left out");
  Report(IsRefused(Integer(1), VT_EMPTY, DISP_E_BADVARTYPE) &&
             IsRefused(Integer(1), VT_RECORD, DISP_E_BADVARTYPE) &&
             IsRefused(Integer(1), VT_BYREF | VT_I4, DISP_E_BADVARTYPE) &&
             IsRefused(Integer(1), static_cast<VARTYPE>(0x0FFF), DISP_E_BADVARTYPE) &&
             IsRefused(Integer(1), VT_ARRAY | VT_EMPTY, DISP_E_BADVARTYPE),
         "refuses types that no value has");
  Variant same = Text(L"same");
  const BSTR before = same.Get().bstrVal;
  Report(Convert(same, VT_BSTR) == S_OK && same.Get().bstrVal == before &&
             Convert(same, VT_VARIANT) == S_OK && same.Get().bstrVal == before,
         "leaves a value alone that has the type");
}

void ConvertReferences() {
  LONG number = 12;
  VARIANT reference = OfType(VT_BYREF | VT_I4);
  reference.plVal = &number;
  Variant text = Owned(reference);
  Report(Convert(text, VT_BSTR) == S_OK && IsText(text, L"12"), "converts what is referred to");
  Variant variant = Owned(reference);
  Report(Convert(variant, VT_VARIANT) == S_OK && variant.Get().vt == VT_I4 && number == 12,
         "copies what is referred to");
  Report(IsRefused(Owned(OfType(VT_BYREF | VT_I4)), VT_I4, DISP_E_TYPEMISMATCH),
         "refuses a reference to nothing");
}

// Says "asked" if somebody asks for its value.
class Asked final : public ComObject<IDispatch> {
 public:
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT*) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT, LCID, ITypeInfo**) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID, LPOLESTR*, UINT, LCID,
                                          DISPID*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS*, VARIANT* result,
                                   EXCEPINFO*, UINT*) noexcept override {
    was_asked = true;
    result->vt = VT_I4;
    result->lVal = 1;
    return S_OK;
  }

  bool was_asked = false;
};

class Plain final : public ComObject<IUnknown> {};

void ConvertObjects() {
  const auto asked = MakeCom<Asked>();
  const auto object = [&](VARTYPE type) {
    VARIANT value = OfType(type);
    value.pdispVal = ComPtr<IDispatch>(asked.Get()).Detach();
    return Owned(value);
  };
  Report(Becomes(object(VT_DISPATCH), VT_UNKNOWN) && Becomes(object(VT_UNKNOWN), VT_DISPATCH) &&
             Becomes(object(VT_DISPATCH), VT_DISPATCH),
         "takes an object for an object");
  Variant nothing = Owned(OfType(VT_NULL));
  Report(Convert(nothing, VT_DISPATCH) == S_OK && nothing.Get().pdispVal == nullptr &&
             Becomes(Variant(), VT_DISPATCH),
         "takes nothing for no object");
  VARIANT plain = OfType(VT_UNKNOWN);
  plain.punkVal = MakeCom<Plain>().Detach();
  Report(IsRefused(Owned(plain), VT_DISPATCH, DISP_E_TYPEMISMATCH) &&
             IsRefused(Integer(1), VT_DISPATCH, DISP_E_TYPEMISMATCH),
         "refuses what is no object of automation");
  bool refused = true;
  for (const VARTYPE type : {VT_I4, VT_BSTR, VT_R8, VT_BOOL, VT_DATE, VT_CY}) {
    refused = refused && IsRefused(object(VT_DISPATCH), type, DISP_E_TYPEMISMATCH) &&
              IsRefused(object(VT_UNKNOWN), type, DISP_E_TYPEMISMATCH);
  }
  Report(refused && !asked->was_asked, "asks no object for its value");
  Variant control;
  VARIANT source = object(VT_DISPATCH).Detach();
  const HRESULT changed = VariantChangeTypeEx(control.Put(), &source, LOCALE_INVARIANT, 0, VT_BSTR);
  VariantClear(&source);
  Report(changed == S_OK && asked->was_asked, "control: VariantChangeTypeEx asks");
}

// Makes an array of 2 by 3 elements, 0 to 5 in the order of memory, whose second dimension begins
// at 7.
Variant Matrix(VARTYPE type) {
  const std::array<SAFEARRAYBOUND, 2> bounds{{{2, 0}, {3, 7}}};
  SafeArray array = SafeArray::Create(VT_I4, bounds);
  {
    const LockedArray elements(array.Get(), VT_I4);
    LONG next = 0;
    for (LONG& element : elements.As<LONG>()) {
      element = next++;
    }
  }
  VARIANT matrix = OfType(VT_ARRAY | VT_I4);
  matrix.parray = array.Detach();
  Variant value = Owned(matrix);
  if (FAILED(Convert(value, static_cast<VARTYPE>(VT_ARRAY | type)))) {
    return Variant();
  }
  return value;
}

bool IsMatrix(const Variant& value) {
  if (value.Get().vt != (VT_ARRAY | VT_I4)) {
    return false;
  }
  LONG lower = 0;
  const LockedArray elements(value.Get().parray, VT_I4);
  LONG expected = 0;
  bool same = SUCCEEDED(SafeArrayGetLBound(value.Get().parray, 2, &lower)) && lower == 7 &&
              elements.Lengths() == std::vector<ULONG>{2, 3};
  for (const LONG element : elements.As<LONG>()) {
    same = same && element == expected++;
  }
  return same && expected == 6;
}

void ConvertArrays() {
  bool converted = true;
  for (const VARTYPE from : kPlain) {
    for (const VARTYPE to : kPlain) {
      if (!IsPair(from, to)) {
        continue;
      }
      Variant value = Matrix(from);
      converted = converted && Convert(value, static_cast<VARTYPE>(VT_ARRAY | to)) == S_OK &&
                  Convert(value, VT_ARRAY | VT_I4) == S_OK && IsMatrix(value);
    }
  }
  Report(converted, "converts the elements of an array between all plain types");
  Variant variants = Matrix(VT_VARIANT);
  Report(variants.Get().vt == (VT_ARRAY | VT_VARIANT) &&
             Convert(variants, VT_ARRAY | VT_I4) == S_OK && IsMatrix(variants),
         "converts an array to VARIANTs and back");
  Report(IsRefused(Matrix(VT_I4), VT_I4, DISP_E_TYPEMISMATCH) &&
             IsRefused(Integer(1), VT_ARRAY | VT_I4, DISP_E_TYPEMISMATCH) &&
             IsRefused(Variant(), VT_ARRAY | VT_I4, DISP_E_TYPEMISMATCH),
         "takes no array for a value, and no value for an array");
  Variant large = Matrix(VT_I4);
  {
    const LockedArray elements(large.Get().parray, VT_I4);
    elements.As<LONG>()[5] = 300;
  }
  Report(IsRefused(std::move(large), VT_ARRAY | VT_UI1, DISP_E_OVERFLOW),
         "refuses an array with an element that is too large");
  Variant mixed = Matrix(VT_VARIANT);
  {
    const LockedArray elements(mixed.Get().parray, VT_VARIANT);
    elements.As<VARIANT>()[3] = Matrix(VT_I4).Detach();
  }
  Report(IsRefused(std::move(mixed), VT_ARRAY | VT_I4, DISP_E_TYPEMISMATCH),
         "refuses an array in an array of numbers");
  Variant lie = Matrix(VT_I4);
  const_cast<VARIANT&>(lie.Get()).vt = VT_ARRAY | VT_R8;
  Report(IsRefused(std::move(lie), VT_ARRAY | VT_R8, DISP_E_TYPEMISMATCH),
         "refuses an array that has another type than its VARIANT says");
  Variant other_lie = Matrix(VT_I4);
  const_cast<VARIANT&>(other_lie.Get()).vt = VT_ARRAY | VT_BSTR;
  Report(IsRefused(std::move(other_lie), VT_ARRAY | VT_R8, DISP_E_TYPEMISMATCH),
         "does not read such an array");
  Variant nothing = Owned(OfType(VT_ARRAY | VT_I4));
  Report(Convert(nothing, VT_ARRAY | VT_BSTR) == S_OK && nothing.Get().vt == (VT_ARRAY | VT_BSTR) &&
             nothing.Get().parray == nullptr,
         "takes a null array");
}

bool ReadsCurrency(std::string_view text, LONGLONG units) {
  CY currency{};
  return ReadCurrency(text, currency) == DecimalReading::kDone && currency.int64 == units;
}

bool ReadsDecimal(std::string_view text, std::string_view written) {
  DECIMAL decimal{};
  return ReadDecimal(text, decimal) == DecimalReading::kDone && TextOf(decimal) == written;
}

DecimalReading HowCurrencyReads(std::string_view text) {
  CY currency{};
  return ReadCurrency(text, currency);
}

DecimalReading HowDecimalReads(std::string_view text) {
  DECIMAL decimal{};
  return ReadDecimal(text, decimal);
}

void ReadDecimals() {
  constexpr LONGLONG kMost = std::numeric_limits<LONGLONG>::max();
  Report(ReadsCurrency("12.5", 125000) && ReadsCurrency("-0.0001", -1) &&
             ReadsCurrency("922337203685477.5807", kMost) &&
             ReadsCurrency("-922337203685477.5808", -kMost - 1) && ReadsCurrency("1e3", 10000000) &&
             ReadsCurrency(".5", 5000) && ReadsCurrency("5.", 50000) && ReadsCurrency("-0", 0) &&
             ReadsCurrency("1.00000000", 10000) && ReadsCurrency("00012", 120000),
         "reads currency");
  Report(HowCurrencyReads("0.00001") == DecimalReading::kTooPrecise &&
             HowCurrencyReads("922337203685477.5808") == DecimalReading::kTooLarge &&
             HowCurrencyReads("1e400") == DecimalReading::kTooLarge &&
             HowCurrencyReads("1e99999999999") == DecimalReading::kNoNumber,
         "rounds no currency");
  Report(ReadsDecimal("12.50", "12.50") &&
             ReadsDecimal("-1e-28", "-0.0000000000000000000000000001") &&
             ReadsDecimal("79228162514264337593543950335", "79228162514264337593543950335") &&
             ReadsDecimal("7.9228162514264337593543950335", "7.9228162514264337593543950335") &&
             ReadsDecimal("0.000", "0.000") && ReadsDecimal("1e2", "100") &&
             ReadsDecimal("1.00000000000000000000000000000000", "1.0000000000000000000000000000") &&
             ReadsDecimal("-0", "0"),
         "reads decimals, and writes them as they were");
  Report(HowDecimalReads("1e-29") == DecimalReading::kTooPrecise &&
             HowDecimalReads("79228162514264337593543950336") == DecimalReading::kTooLarge &&
             HowDecimalReads("12345678901234567890.1234567890123") == DecimalReading::kTooPrecise,
         "rounds no decimals");
  bool refused = true;
  for (const std::string_view text :
       {"", "-", ".", "1,5", "1 ", " 1", "0x10", "NaN", "Infinity", "1e", "--1", "1.2.3"}) {
    refused = refused && HowDecimalReads(text) == DecimalReading::kNoNumber &&
              HowCurrencyReads(text) == DecimalReading::kNoNumber;
  }
  Report(refused, "reads only numbers");
  Report(TextOf(CY{.int64 = -kMost - 1}) == "-922337203685477.5808" &&
             TextOf(CY{.int64 = -5}) == "-0.0005" && TextOf(CY{.int64 = 0}) == "0" &&
             TextOf(CY{.int64 = 125000}) == "12.5",
         "writes currency");
}

}  // namespace

int main() {
  if (FAILED(CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {
    return 2;
  }
  ConvertPlain();
  ConvertReferences();
  ConvertObjects();
  ConvertArrays();
  ReadDecimals();
  return 0;
}
