// A client that knows a class by IDispatch alone, and does what scripts cannot. Argument: the
// class. It creates an object, which is object 0, and then reads commands. It answers each with one
// line of NAME=VALUE, with the HRESULT first:
//
//   create                              a further object           hr object
//   names OBJECT NAME…                                             hr ids
//   invoke OBJECT DISPID FLAGS LCID NAMED ARGUMENT…
//       the arguments as DISPPARAMS has them: named ones first, and the last one first. NAMED is
//       the DISPIDs of the first arguments, with commas between them, or "-".
//                 hr result wrong args scode source description help context info
//   enumerator OBJECT                   asks for IEnumVARIANT      hr object
//   next ENUMERATOR COUNT                                          hr fetched values
//   skip ENUMERATOR COUNT, reset ENUMERATOR                        hr
//   clone ENUMERATOR                                               hr object
//   query OBJECT IID                                               hr
//   supports OBJECT IID                 ISupportErrorInfo          hr
//   types OBJECT                        IDispatch's type information, and IProvideClassInfo2's
//                                       hr count kind iid class clsid events
//   random OBJECT SEED COUNT            random_calls.h             hr calls
//   release OBJECT                                                 hr
//
// An argument is a value in words (values.h), or:
//
//   ref:WORDS        a reference to a value of its type
//   var:WORDS        a reference to a VARIANT
//   same:INDEX       the same VARIANT as an earlier argument
//   omitted          left out
//   object:OBJECT    an object. ref:object:OBJECT is a reference to it.
//   ref:null         a reference to no object
//
// Objects in answers are "object:OBJECT" (IDispatch), "unknown:OBJECT" or "no-object".
#include <windows.h>

#include <oaidl.h>
#include <ocidl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "random_calls.h"
#include "values.h"

namespace {

using interop::Check;
using interop::ComPtr;
using interop::Hex;
using interop::Variant;

long NumberFrom(std::string_view text) {
  return std::strtol(std::string(text).c_str(), nullptr, 10);
}

std::string TextFrom(const GUID& guid) {
  std::array<wchar_t, 40> wide{};
  const int length = StringFromGUID2(guid, wide.data(), static_cast<int>(wide.size()));
  std::string text;
  for (int index = 0; index + 1 < length; ++index) {
    text += static_cast<char>(wide[static_cast<std::size_t>(index)]);
  }
  return text;
}

GUID GuidFrom(std::string_view text) {
  GUID guid{};
  Check(IIDFromString(std::wstring(text.begin(), text.end()).c_str(), &guid), "IIDFromString");
  return guid;
}

class Client {
 public:
  explicit Client(const CLSID& clsid) : clsid_(clsid) {}

  std::string Answer(std::string_view line) {
    const std::vector<std::string_view> words = interop::Split(line);
    const std::string_view command = words.at(0);
    if (command == "create") {
      return Create();
    }
    IUnknown& object = At(words.at(1));
    if (command == "names") {
      return Names(object, words);
    }
    if (command == "invoke") {
      return Invoke(object, words);
    }
    if (command == "enumerator") {
      ComPtr<IEnumVARIANT> found;
      const HRESULT result = object.QueryInterface(IID_PPV_ARGS(&found));
      return WithObject(result, found.Get());
    }
    if (command == "query") {
      ComPtr<IUnknown> found;
      return Result(object.QueryInterface(
          GuidFrom(words.at(2)), reinterpret_cast<void**>(found.ReleaseAndGetAddressOf())));
    }
    if (command == "supports") {
      const auto info = As<ISupportErrorInfo>(object);
      return Result(info->InterfaceSupportsErrorInfo(GuidFrom(words.at(2))));
    }
    if (command == "types") {
      return Types(object);
    }
    if (command == "random") {
      const auto calls =
          interop::MakeRandomCalls(*As<IDispatch>(object).Get(),
                                   std::strtoull(std::string(words.at(2)).c_str(), nullptr, 10),
                                   NumberFrom(words.at(3)), interop::Reach::kOtherProcess);
      std::string results = interop::WordsFrom(calls);
      for (char& one : results) {
        one = one == ' ' ? ',' : one;
      }
      return Result(S_OK) + " calls=" + results;
    }
    if (command == "release") {
      objects_.at(static_cast<std::size_t>(NumberFrom(words.at(1)))).Reset();
      return Result(S_OK);
    }
    return Enumerate(*As<IEnumVARIANT>(object).Get(), words);
  }

 private:
  // The arguments of a call, and what they refer to.
  struct Given {
    std::vector<VARIANT> arguments;
    std::deque<Variant> targets;  // these do not move
    std::vector<Variant*> target_of;
  };

  static std::string Result(HRESULT result) { return "hr=" + Hex(result); }

  template <typename Interface>
  static ComPtr<Interface> As(IUnknown& object) {
    ComPtr<Interface> found;
    Check(object.QueryInterface(IID_PPV_ARGS(&found)), "QueryInterface");
    return found;
  }

  IUnknown& At(std::string_view index) {
    IUnknown* const object = objects_.at(static_cast<std::size_t>(NumberFrom(index))).Get();
    Check(object == nullptr ? E_INVALIDARG : S_OK, "no such object");
    return *object;
  }

  std::string Keep(IUnknown* object) {
    objects_.emplace_back(object);
    return std::to_string(objects_.size() - 1);
  }

  std::string WithObject(HRESULT result, IUnknown* object) {
    return SUCCEEDED(result) && object != nullptr ? Result(result) + " object=" + Keep(object)
                                                  : Result(result);
  }

  std::string Create() {
    ComPtr<IDispatch> object;
    const HRESULT created =
        CoCreateInstance(clsid_, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object));
    return WithObject(created, object.Get());
  }

  static std::string Names(IUnknown& object, const std::vector<std::string_view>& words) {
    std::vector<std::wstring> texts;
    std::vector<LPOLESTR> names;
    for (std::size_t index = 2; index < words.size(); ++index) {
      texts.emplace_back(words[index].begin(), words[index].end());
    }
    for (std::wstring& text : texts) {
      names.push_back(text.data());
    }
    std::vector<DISPID> ids(names.size(), 99);
    const HRESULT result = As<IDispatch>(object)->GetIDsOfNames(
        IID_NULL, names.data(), static_cast<UINT>(names.size()), 0, ids.data());
    std::string answer = Result(result) + " ids=";
    for (const DISPID id : ids) {
      answer += (answer.ends_with('=') ? "" : ",") + std::to_string(id);
    }
    return answer;
  }

  // Makes the value that the words say, as its VARIANT owns it.
  void Put(Variant& target, std::string_view words) {
    if (words == "null") {
      target->vt = VT_DISPATCH;
      target->pdispVal = nullptr;
    } else if (words.starts_with("object:")) {
      target->pdispVal = As<IDispatch>(At(words.substr(7))).Detach();
      target->vt = VT_DISPATCH;
    } else {
      target = interop::ValueFromWords(words);
    }
  }

  void AddArgument(Given& given, std::string_view words) {
    VARIANT argument{};
    if (words == "omitted") {
      argument.vt = VT_ERROR;
      argument.scode = DISP_E_PARAMNOTFOUND;
      given.arguments.push_back(argument);
      given.target_of.push_back(nullptr);
      return;
    }
    if (words.starts_with("same:")) {
      const auto index = static_cast<std::size_t>(NumberFrom(words.substr(5)));
      given.arguments.push_back(given.arguments.at(index));
      given.target_of.push_back(given.target_of.at(index));
      return;
    }
    Variant& target = given.targets.emplace_back();
    const bool reference = words.starts_with("ref:");
    const bool variant = words.starts_with("var:");
    Put(target, reference || variant ? words.substr(4) : words);
    if (variant) {
      argument.vt = VT_BYREF | VT_VARIANT;
      argument.pvarVal = &*target;
    } else if (reference) {
      argument.vt = static_cast<VARTYPE>(VT_BYREF | target->vt);
      argument.byref = target->vt == VT_DECIMAL ? static_cast<void*>(&target->decVal)
                                                : static_cast<void*>(&target->llVal);
    } else {
      argument = *target;
    }
    given.arguments.push_back(argument);
    given.target_of.push_back(reference || variant ? &target : nullptr);
  }

  std::string Words(const VARIANT& value) {
    if (value.vt != VT_DISPATCH && value.vt != VT_UNKNOWN) {
      return interop::WordsFromValue(value);
    }
    if (value.punkVal == nullptr) {
      return "no-object";
    }
    return (value.vt == VT_DISPATCH ? "object:" : "unknown:") + Keep(value.punkVal);
  }

  std::string Invoke(IUnknown& object, const std::vector<std::string_view>& words) {
    const auto dispatch = As<IDispatch>(object);
    std::vector<DISPID> names;
    if (words.at(5) != "-") {
      std::string_view rest = words.at(5);
      for (;;) {
        const auto comma = rest.find(',');
        names.push_back(NumberFrom(rest.substr(0, comma)));
        if (comma == std::string_view::npos) {
          break;
        }
        rest.remove_prefix(comma + 1);
      }
    }
    Given given;
    for (std::size_t index = 6; index < words.size(); ++index) {
      AddArgument(given, words[index]);
    }
    DISPPARAMS parameters{given.arguments.data(), names.data(),
                          static_cast<UINT>(given.arguments.size()),
                          static_cast<UINT>(names.size())};
    Variant result;
    EXCEPINFO exception{};
    UINT wrong = 0xFFFF;
    SetErrorInfo(0, nullptr);
    const HRESULT hresult = dispatch->Invoke(
        NumberFrom(words.at(2)), IID_NULL, static_cast<LCID>(NumberFrom(words.at(4))),
        static_cast<WORD>(NumberFrom(words.at(3))), &parameters, &*result, &exception, &wrong);
    std::string answer = Result(hresult) + " result=" + Words(*result) +
                         " wrong=" + (wrong == 0xFFFF ? "-" : std::to_string(wrong)) + " args=";
    for (std::size_t index = 0; index < given.target_of.size(); ++index) {
      answer += index == 0 ? "" : ";";
      answer += given.target_of[index] == nullptr ? "-" : Words(**given.target_of[index]);
    }
    answer += " scode=" + Hex(exception.scode) +
              " source=" + interop::WordsFromText(exception.bstrSource) +
              " description=" + interop::WordsFromText(exception.bstrDescription) +
              " help=" + interop::WordsFromText(exception.bstrHelpFile) +
              " context=" + std::to_string(exception.dwHelpContext) + " info=" + ErrorInfo();
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrHelpFile);
    return answer;
  }

  static std::string ErrorInfo() {
    ComPtr<IErrorInfo> info;
    if (GetErrorInfo(0, &info) != S_OK) {
      return "-";
    }
    interop::Bstr description;
    Check(info->GetDescription(description.Put()), "GetDescription");
    return interop::WordsFromText(description.Get());
  }

  std::string Enumerate(IEnumVARIANT& enumerator, const std::vector<std::string_view>& words) {
    const std::string_view command = words.at(0);
    if (command == "reset") {
      return Result(enumerator.Reset());
    }
    if (command == "clone") {
      ComPtr<IEnumVARIANT> clone;
      const HRESULT cloned = enumerator.Clone(&clone);
      return WithObject(cloned, clone.Get());
    }
    const auto count =
        static_cast<ULONG>(std::strtoul(std::string(words.at(2)).c_str(), nullptr, 10));
    if (command == "skip") {
      return Result(enumerator.Skip(count));
    }
    Check(command == "next" ? S_OK : E_INVALIDARG, "no such command");
    std::vector<VARIANT> elements(std::max<ULONG>(count, 1));  // proxies refuse a null pointer
    ULONG fetched = 0xFFFF;
    const HRESULT result = enumerator.Next(count, elements.data(), &fetched);
    std::string answer = Result(result) + " fetched=" + std::to_string(fetched) + " values=";
    for (VARIANT& element : elements) {
      if (element.vt != VT_EMPTY) {
        answer += (answer.ends_with('=') ? "" : ";") + Words(element);
      }
      VariantClear(&element);
    }
    return answer;
  }

  static std::string Types(IUnknown& object) {
    UINT count = 99;
    Check(As<IDispatch>(object)->GetTypeInfoCount(&count), "GetTypeInfoCount");
    ComPtr<ITypeInfo> info;
    const HRESULT result = As<IDispatch>(object)->GetTypeInfo(0, LOCALE_USER_DEFAULT, &info);
    std::string answer = Result(result) + " count=" + std::to_string(count);
    if (SUCCEEDED(result)) {
      answer += " " + KindAndGuid(*info.Get(), "kind", "iid");
    }
    ComPtr<ITypeInfo> of_class;
    const auto provider = As<IProvideClassInfo2>(object);
    const HRESULT provided = provider->GetClassInfo(&of_class);
    answer += " class=" + Hex(provided);
    if (SUCCEEDED(provided)) {
      answer += " " + KindAndGuid(*of_class.Get(), "classkind", "clsid");
    }
    GUID events{};
    answer += " events=" + Hex(provider->GetGUID(GUIDKIND_DEFAULT_SOURCE_DISP_IID, &events));
    ComPtr<ITypeInfo> second;
    answer += " second=" + Hex(As<IDispatch>(object)->GetTypeInfo(1, 0, &second));
    return answer;
  }

  static std::string KindAndGuid(ITypeInfo& info, const char* kind, const char* guid) {
    TYPEATTR* attributes = nullptr;
    Check(info.GetTypeAttr(&attributes), "GetTypeAttr");
    std::string words = kind + ("=" + std::to_string(attributes->typekind)) + " " + guid + "=" +
                        TextFrom(attributes->guid);
    info.ReleaseTypeAttr(attributes);
    return words;
  }

  const CLSID clsid_;
  std::vector<ComPtr<IUnknown>> objects_;
};

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    Client client(arguments.ClsidAt(0));
    const std::string created = client.Answer("create");
    if (!created.starts_with("hr=00000000")) {
      interop::WriteLine("failed " + created.substr(3, 8) + " CoCreateInstance");
      return;
    }
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      try {
        interop::WriteLine(client.Answer(*line));
      } catch (const interop::Failure& failure) {
        interop::WriteLine("failed=" + Hex(failure.Result()) + " step=" + failure.what());
      } catch (const std::exception& error) {
        interop::WriteLine("failed=80004005 step=" + std::string(error.what()));
      }
    }
  });
}
