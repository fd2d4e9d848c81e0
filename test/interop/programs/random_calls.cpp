#include "random_calls.h"

#include <array>
#include <cstddef>
#include <deque>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include "com.h"
#include "lines.h"

namespace interop {

namespace {

constexpr std::array<VARTYPE, 19> kTypes{
    VT_EMPTY, VT_NULL, VT_I1, VT_UI1, VT_I2, VT_UI2,  VT_I4,    VT_UI4,  VT_INT,    VT_UINT,
    VT_I8,    VT_UI8,  VT_R4, VT_R8,  VT_CY, VT_DATE, VT_ERROR, VT_BOOL, VT_DECIMAL};
constexpr std::array<const wchar_t*, 12> kNames{L"count", L"COUNT",    L"echo", L"typed",
                                                L"short", L"item",     L"fail", L"n",
                                                L"times", L"_NewEnum", L"",     L"no such member"};

// An array that is destroyed as it was made, whatever it says in between.
class LyingArray {
 public:
  explicit LyingArray(SAFEARRAY* array) noexcept
      : array_(array), features_(array->fFeatures), size_(array->cbElements) {}
  LyingArray(const LyingArray&) = delete;
  LyingArray& operator=(const LyingArray&) = delete;
  ~LyingArray() {
    array_->fFeatures = features_;
    array_->cbElements = size_;
    SafeArrayDestroy(array_);
  }

  SAFEARRAY* Get() const noexcept { return array_; }

 private:
  SAFEARRAY* array_;
  USHORT features_;
  ULONG size_;
};

class Sink final : public ComObject<IUnknown> {};

// The arguments of one call, and everything that they refer to.
class Arguments {
 public:
  std::vector<VARIANT> given;  // what is in them belongs to `held`, `lying` and `objects`
  std::vector<DISPID> names;
  // These do not move when another is added.
  std::deque<Variant> held;
  std::deque<VARIANT> plain;
  std::deque<LyingArray> lying;
  struct Reference {
    const VARIANT* target;
    VARTYPE type;
  };
  std::vector<Reference> references;
};

class Caller {
 public:
  Caller(IDispatch& object, std::uint64_t seed, Reach reach)
      : object_(object), random_(seed), reach_(reach) {}

  void CallOnce(RandomCalls& calls) {
    const HRESULT result = Choose();
    ++calls.calls;
    ++calls.results[result];
    if (result == E_UNEXPECTED || result == RPC_E_SERVERFAULT || result == RPC_E_DISCONNECTED ||
        result == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED)) {
      throw std::runtime_error("the server has returned " + Hex(result));
    }
  }

 private:
  unsigned Below(unsigned count) { return static_cast<unsigned>(random_() % count); }
  bool Once(unsigned in) { return Below(in) == 0; }

  HRESULT Choose() {
    switch (Below(8)) {
      case 0:
        return FindNames();
      case 1:
      case 2:
        return UseEnumerator();
      default:
        return Invoke();
    }
  }

  HRESULT FindNames() {
    std::vector<LPOLESTR> names(1 + Below(4));
    for (LPOLESTR& name : names) {
      name = const_cast<LPOLESTR>(kNames[Below(kNames.size())]);
      if (reach_ == Reach::kThisProcess && Once(20)) {
        name = nullptr;
      }
    }
    std::vector<DISPID> ids(names.size(), 99);
    const IID& iid = Once(20) ? IID_IUnknown : IID_NULL;
    const auto count = static_cast<UINT>(names.size());
    if (reach_ == Reach::kThisProcess && Once(20)) {
      return object_.GetIDsOfNames(iid, nullptr, count, 0, ids.data());
    }
    const HRESULT result =
        object_.GetIDsOfNames(iid, names.data(), count, Random<LCID>(), ids.data());
    if (SUCCEEDED(result)) {
      for (const DISPID id : ids) {
        if (id == DISPID_UNKNOWN || id == 99) {
          throw std::runtime_error("GetIDsOfNames has succeeded, and a name has no DISPID");
        }
      }
    }
    return result;
  }

  template <typename Number>
  Number Random() {
    switch (Below(4)) {
      case 0:
        return static_cast<Number>(Below(10));
      case 1:
        return static_cast<Number>(0) - static_cast<Number>(1 + Below(5));
      default:
        return static_cast<Number>(random_());
    }
  }

  DISPID AnyMember() {
    if (Once(6)) {
      return Random<DISPID>();
    }
    return static_cast<DISPID>(Below(9)) - (Once(8) ? 5 : 0);
  }

  // Fills an empty VARIANT with a value that owns what it has.
  void Fill(VARIANT& value, unsigned depth) {
    const unsigned kind = Below(10);
    if (kind < 5) {
      const VARTYPE type = kTypes[Below(kTypes.size())];
      if (type == VT_DECIMAL) {
        value.decVal.Lo64 = random_();
        value.decVal.Hi32 = static_cast<ULONG>(random_());
        value.decVal.scale = static_cast<BYTE>(Below(32));
      } else {
        value.ullVal = Once(2) ? Below(5) : random_();
        value.scode = type == VT_ERROR && Once(2) ? DISP_E_PARAMNOTFOUND : value.scode;
      }
      value.vt = type;
    } else if (kind < 7) {
      value.bstrVal =
          Once(8) ? nullptr : SysAllocStringLen(L"12 apples, and more of them", Below(28));
      value.vt = VT_BSTR;
    } else if (kind == 7) {
      value.punkVal = Once(3) ? nullptr : Make<Sink>().Detach();
      value.vt = VT_UNKNOWN;
    } else if (depth < 4) {
      FillArray(value, depth);
    }
  }

  void FillArray(VARIANT& value, unsigned depth) {
    if (Once(3)) {
      value.parray = SafeArrayCreateVector(VT_I4, 0, Below(5));
      value.vt = VT_ARRAY | VT_I4;
      return;
    }
    const unsigned length = Below(4);
    value.parray = SafeArrayCreateVector(VT_VARIANT, Once(2) ? 1 : 0, length);
    value.vt = VT_ARRAY | VT_VARIANT;
    void* data = nullptr;
    Check(SafeArrayAccessData(value.parray, &data), "SafeArrayAccessData");
    for (unsigned index = 0; index < length; ++index) {
      Fill(static_cast<VARIANT*>(data)[index], depth + 1);
    }
    Check(SafeArrayUnaccessData(value.parray), "SafeArrayUnaccessData");
  }

  VARIANT& NewHeld(Arguments& arguments) {
    Variant& held = arguments.held.emplace_back();
    *held = VARIANT{};
    Fill(*held, 0);
    return *held;
  }

  static VARIANT ReferenceTo(VARIANT& target) noexcept {
    VARIANT reference{};
    reference.vt = static_cast<VARTYPE>(VT_BYREF | target.vt);
    reference.byref = target.vt == VT_DECIMAL ? static_cast<void*>(&target.decVal)
                                              : static_cast<void*>(&target.llVal);
    return reference;
  }

  VARIANT AnyArgument(Arguments& arguments) {
    if (reach_ == Reach::kThisProcess && Once(5)) {
      return BadArgument(arguments);
    }
    VARIANT& target = NewHeld(arguments);
    switch (Below(4)) {
      case 0:
        if (target.vt != VT_EMPTY && target.vt != VT_NULL) {
          arguments.references.push_back({&target, target.vt});
          return ReferenceTo(target);
        }
        return target;
      case 1: {
        VARIANT reference{};
        reference.vt = VT_BYREF | VT_VARIANT;
        reference.pvarVal = &target;
        return reference;
      }
      default:
        return target;
    }
  }

  // What no proxy would take.
  VARIANT BadArgument(Arguments& arguments) {
    VARIANT bad{};
    switch (Below(6)) {
      case 0:
        bad.vt = static_cast<VARTYPE>(random_());
        break;
      case 1:
        bad.vt = static_cast<VARTYPE>(VT_BYREF | kTypes[Below(kTypes.size())]);
        break;
      case 2: {
        VARIANT& self = arguments.plain.emplace_back();
        self.vt = VT_BYREF | VT_VARIANT;
        self.pvarVal = &self;
        return self;
      }
      case 3: {
        VARIANT& inner = arguments.plain.emplace_back();
        inner.vt = VT_BYREF | VT_BSTR;
        bad.vt = VT_BYREF | VT_VARIANT;
        bad.pvarVal = &inner;
        break;
      }
      case 4: {
        SAFEARRAY* const array = SafeArrayCreateVector(Once(2) ? VT_I4 : VT_VARIANT, 0, 3);
        arguments.lying.emplace_back(array);
        array->cbElements = Once(2) ? 1024 : 0;
        bad.parray = array;
        bad.vt = static_cast<VARTYPE>(VT_ARRAY | (Once(2) ? VT_I4 : VT_R8));
        break;
      }
      default:
        bad.vt = static_cast<VARTYPE>(VT_RECORD | (Once(2) ? VT_BYREF : 0));
        break;
    }
    return bad;
  }

  HRESULT Invoke() {
    Arguments arguments;
    const unsigned count = Below(5);
    for (unsigned index = 0; index < count; ++index) {
      arguments.given.push_back(count > 1 && index > 0 && Once(10) ? arguments.given.front()
                                                                   : AnyArgument(arguments));
    }
    const unsigned named = Once(3) ? Below(count + 1) : 0;
    for (unsigned index = 0; index < named; ++index) {
      arguments.names.push_back(Once(3)   ? DISPID_PROPERTYPUT
                                : Once(8) ? Random<DISPID>()
                                          : static_cast<DISPID>(Below(3)));
    }
    DISPPARAMS parameters{arguments.given.data(), arguments.names.data(), count, named};
    if (reach_ == Reach::kThisProcess) {
      Spoil(parameters);
    }
    constexpr std::array<WORD, 6> kFlags{DISPATCH_METHOD,
                                         DISPATCH_PROPERTYGET,
                                         DISPATCH_METHOD | DISPATCH_PROPERTYGET,
                                         DISPATCH_PROPERTYPUT,
                                         DISPATCH_PROPERTYPUTREF,
                                         DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF};
    const WORD flags = Once(2) ? WORD{DISPATCH_METHOD | DISPATCH_PROPERTYGET}
                       : Once(10) && reach_ == Reach::kThisProcess ? Random<WORD>()
                                                                   : kFlags[Below(kFlags.size())];
    Variant result;
    EXCEPINFO exception{};
    UINT wrong = 0xFFFF;
    const bool wants_nothing = Once(10);
    const HRESULT hresult = object_.Invoke(
        AnyMember(), Once(30) ? IID_IUnknown : IID_NULL, Random<LCID>(), flags,
        reach_ == Reach::kThisProcess && Once(30) ? nullptr : &parameters,
        wants_nothing ? nullptr : &*result, wants_nothing ? nullptr : &exception, &wrong);
    CheckAnswer(hresult, *result, exception, wrong, parameters.cArgs);
    for (const Arguments::Reference& reference : arguments.references) {
      if (reference.target->vt != reference.type) {
        throw std::runtime_error("a reference has another type after the call");
      }
    }
    Keep(*result);
    return hresult;
  }

  void Spoil(DISPPARAMS& parameters) {
    if (Once(30)) {
      parameters.cNamedArgs = parameters.cArgs + 1 + Below(3);
      parameters.rgdispidNamedArgs = nullptr;
    } else if (Once(30)) {
      parameters.cArgs = Random<UINT>();
      parameters.rgvarg = nullptr;
    } else if (Once(30)) {
      parameters.cNamedArgs = 1 + Below(3);
      parameters.rgdispidNamedArgs = nullptr;
    }
  }

  static void CheckAnswer(HRESULT hresult, const VARIANT& result, EXCEPINFO& exception, UINT wrong,
                          UINT count) {
    const bool has_exception = exception.bstrSource != nullptr ||
                               exception.bstrDescription != nullptr ||
                               exception.bstrHelpFile != nullptr || exception.scode != 0;
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrHelpFile);
    if (FAILED(hresult) && result.vt != VT_EMPTY) {
      throw std::runtime_error("a call that failed has a result");
    }
    if (has_exception && hresult != DISP_E_EXCEPTION) {
      throw std::runtime_error("a call without an exception has an EXCEPINFO");
    }
    if ((hresult == DISP_E_TYPEMISMATCH || hresult == DISP_E_OVERFLOW) && wrong >= count) {
      throw std::runtime_error("puArgErr is no argument");
    }
  }

  // Keeps an enumerator for later calls.
  void Keep(const VARIANT& result) {
    ComPtr<IEnumVARIANT> enumerator;
    if (result.vt == VT_UNKNOWN && result.punkVal != nullptr &&
        SUCCEEDED(result.punkVal->QueryInterface(IID_PPV_ARGS(&enumerator)))) {
      enumerator_ = enumerator;
    }
  }

  HRESULT UseEnumerator() {
    if (enumerator_ == nullptr || Once(20)) {
      DISPPARAMS none{};
      Variant result;
      const HRESULT made = object_.Invoke(DISPID_NEWENUM, IID_NULL, 0, DISPATCH_PROPERTYGET, &none,
                                          &*result, nullptr, nullptr);
      Keep(*result);
      return made;
    }
    switch (Below(6)) {
      case 0:
        return enumerator_->Skip(Once(10) ? Below(5000) : Below(5));
      case 1:
        return enumerator_->Reset();
      case 2: {
        ComPtr<IEnumVARIANT> clone;
        const HRESULT cloned = enumerator_->Clone(&clone);
        if (SUCCEEDED(cloned)) {
          enumerator_ = clone;
        }
        return cloned;
      }
      default:
        return Next();
    }
  }

  HRESULT Next() {
    const ULONG count = Below(6);
    std::vector<VARIANT> got(count + 1);  // proxies refuse a null pointer
    ULONG fetched = 99;
    const bool hostile = reach_ == Reach::kThisProcess;
    if (hostile && Once(20)) {
      return enumerator_->Next(count + 1, nullptr, &fetched);
    }
    if (hostile && Once(20)) {
      const HRESULT result = enumerator_->Next(count, got.data(), nullptr);
      Take(got);
      return result;
    }
    const HRESULT result = enumerator_->Next(count, got.data(), &fetched);
    Take(got);
    if (fetched > count || (FAILED(result) && fetched != 0 && fetched != 99) ||
        (result == S_OK) != (fetched == count)) {
      throw std::runtime_error("Next counts wrongly");
    }
    return result;
  }

  static void Take(std::vector<VARIANT>& got) {
    for (VARIANT& one : got) {
      VariantClear(&one);
    }
  }

  IDispatch& object_;
  std::mt19937_64 random_;
  const Reach reach_;
  ComPtr<IEnumVARIANT> enumerator_;
};

}  // namespace

RandomCalls MakeRandomCalls(IDispatch& object, std::uint64_t seed, long count, Reach reach) {
  RandomCalls calls;
  Caller caller(object, seed, reach);
  while (calls.calls < count) {
    try {
      caller.CallOnce(calls);
    } catch (const std::runtime_error& error) {
      throw std::runtime_error("call " + std::to_string(calls.calls) + ": " + error.what());
    }
  }
  return calls;
}

std::string WordsFrom(const RandomCalls& calls) {
  std::string words;
  for (const auto& [result, count] : calls.results) {
    words += (words.empty() ? "" : " ") + Hex(result) + ":" + std::to_string(count);
  }
  return words;
}

}  // namespace interop
