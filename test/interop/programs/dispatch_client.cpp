// A client of IDispatch, which needs no proxy/stub of async-com. The first argument names the
// class. Each input line is a call:
//
//   OBJECT KIND NAME ARGUMENT…
//
// KIND is call, get or put. The last argument of a put is its value. OBJECT is 0 for the object
// that the program has made. A result that is an object gets the next number. The answer is one
// line:
//
//   value VALUE
//   object NUMBER
//   raised HRESULT SOURCE DESCRIPTION    (the handler failed)
//   failed HRESULT STEP
#include <windows.h>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "values.h"

namespace {

using interop::Bstr;
using interop::Check;
using interop::ComPtr;
using interop::Variant;

using Objects = std::vector<ComPtr<IDispatch>>;

WORD FlagsOf(std::string_view kind) {
  if (kind == "call") {
    return DISPATCH_METHOD;
  }
  if (kind == "get") {
    return DISPATCH_PROPERTYGET;
  }
  if (kind == "put") {
    return DISPATCH_PROPERTYPUT;
  }
  throw std::invalid_argument("not a kind of call: " + std::string(kind));
}

DISPID IdOf(IDispatch& object, std::string_view name) {
  std::wstring wide(name.begin(), name.end());
  OLECHAR* names = wide.data();
  DISPID id = DISPID_UNKNOWN;
  Check(object.GetIDsOfNames(IID_NULL, &names, 1, LOCALE_INVARIANT, &id), "GetIDsOfNames");
  return id;
}

std::string Describe(Variant result, Objects& objects) {
  if (result->vt != VT_DISPATCH || result->pdispVal == nullptr) {
    return "value " + interop::WordsFromValue(*result);
  }
  objects.emplace_back(result->pdispVal);
  return "object " + std::to_string(objects.size() - 1);
}

std::string Call(std::string_view line, Objects& objects) {
  const std::vector<std::string_view> parts = interop::Split(line);
  IDispatch& object = *objects.at(std::stoul(std::string(parts.at(0)))).Get();
  const WORD flags = FlagsOf(parts.at(1));
  const DISPID id = IdOf(object, parts.at(2));

  // The last argument comes first.
  std::vector<Variant> arguments;
  for (std::size_t index = parts.size(); index > 3; --index) {
    arguments.push_back(interop::ValueFromWords(parts[index - 1]));
  }
  std::vector<VARIANT> given(arguments.size());
  std::ranges::transform(arguments, given.begin(), [](const Variant& one) { return *one; });
  DISPID value_of_put = DISPID_PROPERTYPUT;
  const bool puts = flags == DISPATCH_PROPERTYPUT;
  DISPPARAMS parameters{given.data(), puts ? &value_of_put : nullptr,
                        static_cast<UINT>(given.size()), puts ? 1U : 0U};

  Variant result;
  EXCEPINFO exception{};
  UINT wrong = 0;
  const HRESULT hresult = object.Invoke(id, IID_NULL, LOCALE_INVARIANT, flags, &parameters,
                                        puts ? nullptr : &*result, &exception, &wrong);
  Bstr source;
  Bstr description;
  Bstr help_file;
  *source.Put() = exception.bstrSource;
  *description.Put() = exception.bstrDescription;
  *help_file.Put() = exception.bstrHelpFile;
  if (hresult == DISP_E_EXCEPTION) {
    return "raised " + interop::Hex(exception.scode) + " " + interop::WordsFromText(source.Get()) +
           " " + interop::WordsFromText(description.Get());
  }
  Check(hresult, "Invoke");
  return Describe(std::move(result), objects);
}

std::string Answer(std::string_view line, Objects& objects) {
  try {
    return Call(line, objects);
  } catch (const interop::Failure& failure) {
    return "failed " + interop::Hex(failure.Result()) + " " + failure.what();
  } catch (const std::exception& error) {
    return "failed " + interop::Hex(E_UNEXPECTED) + " " + error.what();
  }
}

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    Objects objects(1);
    Check(CoCreateInstance(arguments.ClsidAt(0), nullptr, CLSCTX_LOCAL_SERVER,
                           IID_PPV_ARGS(objects[0].GetAddressOf())),
          "CoCreateInstance");
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      interop::WriteLine(Answer(*line, objects));
    }
  });
}
