#include "server/dispatch.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "com/entry.h"
#include "com/win32_error.h"
#include "idl/generated/method_call.h"
#include "server/bridge.h"
#include "server/server.h"
#include "server/server_object.h"
#include "value/call_result.h"
#include "value/variant.h"

namespace async_com {

namespace {

// A client leaves out an argument with this VARIANT.
bool IsLeftOut(const VARIANT& argument) noexcept {
  return argument.vt == VT_ERROR && argument.scode == DISP_E_PARAMNOTFOUND;
}

// Copies the arguments in the order in which the client wrote them; IDispatch has the last one
// first. What a reference refers to is copied. An argument that is left out is empty.
SafeArray ArgumentsOf(const DISPPARAMS& parameters) {
  SafeArray arguments = SafeArray::Create(VT_VARIANT, parameters.cArgs);
  const LockedElements elements(arguments.Get(), VT_VARIANT);
  auto* const copies = elements.As<VARIANT>();
  for (UINT index = 0; index < parameters.cArgs; ++index) {
    VARIANT& argument = parameters.rgvarg[parameters.cArgs - 1 - index];
    if ((argument.vt & VT_BYREF) != 0 && argument.byref == nullptr) {
      throw ComFailure(E_INVALIDARG, "VariantCopyInd");
    }
    if (!IsLeftOut(argument)) {
      ThrowIfFailed(VariantCopyInd(&copies[index], &argument), "VariantCopyInd");
    }
  }
  return arguments;
}

// Gives the client the handler's error. The client frees the strings.
HRESULT Raise(CallError& error, EXCEPINFO* exception) noexcept {
  Bstr source;
  Bstr description;
  *source.Put() = std::exchange(error.source, nullptr);
  *description.Put() = std::exchange(error.description, nullptr);
  if (exception != nullptr) {
    *exception = {};
    exception->bstrSource = source.Detach();
    exception->bstrDescription = description.Detach();
    exception->scode = error.code;
  }
  return DISP_E_EXCEPTION;
}

HRESULT Invoke(ServerObject& object, BSTR method, const DISPPARAMS& parameters, VARIANT* result,
               EXCEPINFO* exception) {
  const SafeArray arguments = ArgumentsOf(parameters);
  Variant value;
  CallError error{};
  const HRESULT called =
      CallThroughBridge(object, method, arguments.Get(), nullptr, value.Put(), &error);
  if (FAILED(called)) {
    return called;
  }
  if (FAILED(error.code)) {
    return Raise(error, exception);
  }
  if (result != nullptr) {
    *result = value.Detach();
  }
  return S_OK;
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
  ids[0] = object.GetServer()->Members().Find(names[0]);
  return ids[0] == DISPID_UNKNOWN || count > 1 ? DISP_E_UNKNOWNNAME : S_OK;
}

HRESULT InvokeMember(ServerObject& object, DISPID id, REFIID reserved, WORD flags,
                     DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception) noexcept {
  if (result != nullptr) {
    VariantInit(result);
  }
  if (reserved != IID_NULL) {
    return DISP_E_UNKNOWNINTERFACE;
  }
  // A client that cannot tell a method from a property asks for both.
  const std::wstring* const name = object.GetServer()->Members().NameOf(id);
  if (name == nullptr || (flags & DISPATCH_METHOD) == 0) {
    return DISP_E_MEMBERNOTFOUND;
  }
  if (parameters == nullptr || (parameters->cArgs > 0 && parameters->rgvarg == nullptr)) {
    return E_INVALIDARG;
  }
  if (parameters->cNamedArgs > 0) {
    return DISP_E_NONAMEDARGS;
  }
  return Guarded([&] {
    const Bstr method(*name);
    return Invoke(object, method.Get(), *parameters, result, exception);
  });
}

}  // namespace async_com
