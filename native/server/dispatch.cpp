#include "server/dispatch.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "automation/dictionary.h"
#include "com/entry.h"
#include "com/same_name.h"
#include "com/win32_error.h"
#include "server/bridge.h"
#include "server/dispatch_arguments.h"
#include "server/server.h"
#include "server/server_object.h"
#include "value/call_result.h"
#include "value/variant.h"

namespace async_com {

namespace {

// What the client wants of the member. A client that cannot tell a method from a property asks for
// both.
std::optional<Access> AccessFor(const Member& member, WORD flags) noexcept {
  // Clients ask for an enumerator as a method or as a property.
  const WORD as_call =
      member.id == DISPID_NEWENUM ? DISPATCH_METHOD | DISPATCH_PROPERTYGET : DISPATCH_METHOD;
  if ((flags & as_call) != 0 && member.Allows(Access::kCall)) {
    return Access::kCall;
  }
  if ((flags & DISPATCH_PROPERTYGET) != 0 && member.Allows(Access::kGet)) {
    return Access::kGet;
  }
  // With both flags the client does not mind which.
  if ((flags & DISPATCH_PROPERTYPUT) != 0 && member.Allows(Access::kPut)) {
    return Access::kPut;
  }
  if ((flags & DISPATCH_PROPERTYPUTREF) != 0 && member.Allows(Access::kPutReference)) {
    return Access::kPutReference;
  }
  return std::nullopt;
}

// Tells clients that ask for IErrorInfo the same as EXCEPINFO. ISupportErrorInfo promises it.
void SetErrorInfoOf(const EXCEPINFO& exception, REFIID iid) noexcept {
  ComPtr<ICreateErrorInfo> create;
  ComPtr<IErrorInfo> info;
  if (SUCCEEDED(CreateErrorInfo(&create)) && SUCCEEDED(create->SetGUID(iid)) &&
      SUCCEEDED(create->SetSource(exception.bstrSource)) &&
      SUCCEEDED(create->SetDescription(exception.bstrDescription)) &&
      SUCCEEDED(create->SetHelpFile(exception.bstrHelpFile)) &&
      SUCCEEDED(create->SetHelpContext(exception.dwHelpContext)) && SUCCEEDED(create.As(&info))) {
    SetErrorInfo(0, info.Get());
  }
}

// Gives the client the handler's error. The client frees the strings.
HRESULT Raise(CallResult& answer, EXCEPINFO* exception) noexcept {
  EXCEPINFO raised{};
  raised.bstrSource = answer.source.Get();
  raised.bstrDescription = answer.description.Get();
  raised.bstrHelpFile = answer.help_file.Get();
  raised.dwHelpContext = answer.help_context;
  raised.scode = answer.handler_error;
  SetErrorInfoOf(raised, IID_IDispatch);
  if (exception != nullptr) {
    *exception = raised;
    answer.source.Detach();
    answer.description.Detach();
    answer.help_file.Detach();
  }
  return DISP_E_EXCEPTION;
}

HRESULT Invoke(ServerObject& object, const Member& member, Access access, LCID locale,
               const DISPPARAMS& parameters, VARIANT* result, EXCEPINFO* exception, UINT& wrong) {
  DispatchArguments arguments;
  const HRESULT read = arguments.Read(parameters, member, access, wrong);
  if (FAILED(read)) {
    return read;
  }
  const Bstr name(member.name);
  ServerCall::Origin origin(name.Get(), arguments.Values(), &member, access, object.Target());
  origin.locale = locale;
  origin.by_reference = arguments.ByReference();
  CallResult answer = CallThroughBridge(object, std::move(origin));
  if (FAILED(answer.hresult)) {
    return answer.hresult;
  }
  if (FAILED(answer.handler_error)) {
    if (!answer.wrong_argument) {
      return Raise(answer, exception);
    }
    wrong = arguments.PlaceOf(*answer.wrong_argument);
    return answer.handler_error;
  }
  for (CallResult::Assigned& assigned : answer.assigned) {
    wrong = arguments.PlaceOf(assigned.argument);
    const HRESULT prepared =
        arguments.Prepare(assigned.argument, std::move(assigned.value), locale);
    if (FAILED(prepared)) {
      return prepared;
    }
  }
  Variant value;
  if (result != nullptr) {
    VARIANT* const converted = value.Put();
    *converted = answer.value.Detach();
    DictionariesToObjects(*converted);
  }
  const HRESULT assigned = arguments.Assign();
  if (SUCCEEDED(assigned) && result != nullptr) {
    *result = value.Detach();
  }
  return assigned;
}

// The parameters' names follow the member's.
HRESULT FindParameters(const Member& member, OLECHAR** names, UINT count, DISPID* ids) noexcept {
  HRESULT found = S_OK;
  for (UINT index = 1; index < count; ++index) {
    if (names[index] == nullptr) {
      return E_INVALIDARG;
    }
    DISPID place = 0;
    if (member.parameters) {
      for (const Parameter& parameter : *member.parameters) {
        if (IsSameName(parameter.name, names[index])) {
          ids[index] = place;
        }
        ++place;
      }
    }
    if (ids[index] == DISPID_UNKNOWN) {
      found = DISP_E_UNKNOWNNAME;
    }
  }
  return found;
}

}  // namespace

HRESULT GetIdsOfNames(ServerObject& object, REFIID reserved, OLECHAR** names, UINT count,
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
  const Member* const member = object.Class().Find(names[0]);
  if (member == nullptr) {
    return DISP_E_UNKNOWNNAME;
  }
  ids[0] = member->id;
  return FindParameters(*member, names, count, ids);
}

HRESULT InvokeMember(ServerObject& object, DISPID id, REFIID reserved, LCID locale, WORD flags,
                     DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                     UINT* wrong_argument) noexcept {
  if (result != nullptr) {
    VariantInit(result);
  }
  if (exception != nullptr) {
    *exception = {};
  }
  if (reserved != IID_NULL) {
    return DISP_E_UNKNOWNINTERFACE;
  }
  const Member* const member = object.Class().WithId(id);
  if (member == nullptr) {
    return DISP_E_MEMBERNOTFOUND;
  }
  const std::optional<Access> access = AccessFor(*member, flags);
  if (!access) {
    return DISP_E_MEMBERNOTFOUND;
  }
  if (parameters == nullptr || (parameters->cArgs > 0 && parameters->rgvarg == nullptr) ||
      (parameters->cNamedArgs > 0 && parameters->rgdispidNamedArgs == nullptr)) {
    return E_INVALIDARG;
  }
  UINT wrong = 0;
  const HRESULT hresult = Guarded([&] {
    return Invoke(object, *member, *access, locale, *parameters, result, exception, wrong);
  });
  if (wrong_argument != nullptr &&
      (hresult == DISP_E_TYPEMISMATCH || hresult == DISP_E_PARAMNOTFOUND ||
       hresult == DISP_E_OVERFLOW || hresult == DISP_E_BADVARTYPE)) {
    *wrong_argument = wrong;
  }
  return hresult;
}

}  // namespace async_com
