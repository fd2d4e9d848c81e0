// Calls a server object by IDispatch as no well-behaved client does.
//
//   native_dispatch     writes one line for each promise: "kept PROMISE" or "broken PROMISE"

#include <windows.h>

#include <oaidl.h>
#include <objbase.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/object_class.h"
#include "server/server.h"
#include "server/server_call.h"
#include "server/server_object.h"
#include "value/call_result.h"
#include "value/variant.h"

namespace {

using namespace async_com;

void Report(bool kept, const char* promise) {
  std::printf("%s %s\n", kept ? "kept" : "broken", promise);
}

// Answers "count" with the number of arguments, and fails "fail".
class Handler final : public CallHandler {
 public:
  bool Arrived(std::shared_ptr<ServerCall> call) noexcept override {
    CallResult result;
    if (std::wstring_view(call->Method()) == L"fail") {
      result.handler_error = E_ACCESSDENIED;
      result.source = Bstr(L"source");
      result.description = Bstr(L"as asked");
    } else {
      const LockedElements arguments(call->Arguments(), VT_VARIANT);
      VARIANT* const value = result.value.Put();
      value->vt = VT_I4;
      value->lVal = static_cast<LONG>(arguments.Length());
    }
    ++calls;
    call->Complete(std::move(result));
    return true;
  }
  void Cancelled(std::shared_ptr<ServerCall>) noexcept override {}
  void Idle() noexcept override {}
  void Unused() noexcept override {}

  int calls = 0;
};

struct Tried {
  HRESULT hresult = S_OK;
  Variant result;
  EXCEPINFO exception{};
};

class Client {
 public:
  Client()
      : handler_(std::make_shared<Handler>()),
        object_(make_server_object(
            Server::Create(CLSID{}, 4, true, handler_,
                           ObjectClass::OfMethods({L"count", L"fail", L"Both", L"both"})))) {}

  HRESULT Find(std::vector<const wchar_t*> names, std::vector<DISPID>& ids, REFIID iid = IID_NULL) {
    ids.assign(names.size(), 99);
    return object_->GetIDsOfNames(iid, const_cast<LPOLESTR*>(names.data()),
                                  static_cast<UINT>(names.size()), 0, ids.data());
  }

  Tried Invoke(DISPID id, DISPPARAMS parameters, WORD flags = DISPATCH_METHOD,
               REFIID iid = IID_NULL) {
    Tried tried;
    tried.hresult = object_->Invoke(id, iid, 0, flags, &parameters, tried.result.Put(),
                                    &tried.exception, nullptr);
    return tried;
  }

  IDispatch& Object() { return *object_.Get(); }
  int Calls() const { return handler_->calls; }

 private:
  const std::shared_ptr<Handler> handler_;
  const ComPtr<ServerObject> object_;
};

void FindNames(Client& client) {
  std::vector<DISPID> ids;
  Report(client.Find({L"COUNT"}, ids) == S_OK && ids[0] == 1, "finds a name in any case");
  Report(client.Find({L"both"}, ids) == S_OK && ids[0] == 4, "prefers the exact name");
  Report(client.Find({L"BOTH"}, ids) == S_OK && ids[0] == 3, "takes the first of two names");
  Report(client.Find({L"none"}, ids) == DISP_E_UNKNOWNNAME && ids[0] == DISPID_UNKNOWN,
         "knows no other name");
  Report(client.Find({L""}, ids) == DISP_E_UNKNOWNNAME, "knows no empty name");
  Report(client.Find({L"count", L"first"}, ids) == DISP_E_UNKNOWNNAME && ids[0] == 1 &&
             ids[1] == DISPID_UNKNOWN,
         "knows no names of arguments");
  Report(client.Find({L"count"}, ids, IID_IUnknown) == DISP_E_UNKNOWNINTERFACE,
         "demands the reserved IID for names");
  Report(client.Find({nullptr}, ids) == E_INVALIDARG, "refuses a null name");
  Report(client.Object().GetIDsOfNames(IID_NULL, nullptr, 1, 0, ids.data()) == E_INVALIDARG,
         "refuses no names");
}

void RefuseCalls(Client& client) {
  const int before = client.Calls();
  const DISPPARAMS none{};
  for (const DISPID id : {0, -1, 5, 2'000'000'000}) {
    if (client.Invoke(id, none).hresult != DISP_E_MEMBERNOTFOUND) {
      Report(false, "knows no other DISPID");
    }
  }
  Report(client.Invoke(1, none, DISPATCH_PROPERTYGET).hresult == DISP_E_MEMBERNOTFOUND &&
             client.Invoke(1, none, DISPATCH_PROPERTYPUT).hresult == DISP_E_MEMBERNOTFOUND,
         "has no properties");
  Report(client.Invoke(1, none, DISPATCH_METHOD, IID_IUnknown).hresult == DISP_E_UNKNOWNINTERFACE,
         "demands the reserved IID for calls");
  Variant value;
  DISPID name = 1;
  Report(client.Invoke(1, {value.Put(), &name, 1, 1}).hresult == DISP_E_NONAMEDARGS,
         "refuses named arguments");
  Report(client.Invoke(1, {nullptr, nullptr, 1, 0}).hresult == E_INVALIDARG,
         "refuses arguments that are not there");
  bool refused = true;
  for (const VARTYPE type : {VT_I4, VT_VARIANT, VT_BSTR, VT_DISPATCH, VT_DATE}) {
    VARIANT argument{};
    argument.vt = static_cast<VARTYPE>(type | VT_BYREF);
    refused = refused && client.Invoke(1, {&argument, nullptr, 1, 0}).hresult == E_INVALIDARG;
  }
  Report(refused, "refuses a reference to nothing");
  VARIANT inner{};
  VARIANT outer{};
  inner.vt = VT_VARIANT | VT_BYREF;
  inner.pvarVal = &outer;
  outer.vt = VT_VARIANT | VT_BYREF;
  outer.pvarVal = &inner;
  Report(FAILED(client.Invoke(1, {&outer, nullptr, 1, 0}).hresult),
         "refuses a reference to a reference");
  VARIANT unknown{};
  unknown.vt = static_cast<VARTYPE>(0x0FFF);
  Report(FAILED(client.Invoke(1, {&unknown, nullptr, 1, 0}).hresult), "refuses an unknown type");
  Report(client.Object().Invoke(1, IID_NULL, 0, DISPATCH_METHOD, nullptr, nullptr, nullptr,
                                nullptr) == E_INVALIDARG,
         "refuses no parameters");
  Report(client.Calls() == before, "calls no handler when it refuses");
}

void Call(Client& client) {
  std::array<VARIANT, 3> arguments{};
  const Tried counted = client.Invoke(1, {arguments.data(), nullptr, 3, 0});
  Report(
      counted.hresult == S_OK && counted.result.Get().vt == VT_I4 && counted.result.Get().lVal == 3,
      "answers");
  const Tried both = client.Invoke(1, {}, DISPATCH_METHOD | DISPATCH_PROPERTYGET);
  Report(both.hresult == S_OK && both.result.Get().lVal == 0,
         "answers a client that cannot tell a method from a property");
  Report(client.Object().Invoke(1, IID_NULL, 0, DISPATCH_METHOD, std::array<DISPPARAMS, 1>{}.data(),
                                nullptr, nullptr, nullptr) == S_OK,
         "answers a client that wants no result");
  const Tried failed = client.Invoke(2, {});
  Report(failed.hresult == DISP_E_EXCEPTION && failed.exception.scode == E_ACCESSDENIED &&
             std::wstring_view(failed.exception.bstrSource) == L"source" &&
             std::wstring_view(failed.exception.bstrDescription) == L"as asked",
         "raises the error of the handler");
  SysFreeString(failed.exception.bstrSource);
  SysFreeString(failed.exception.bstrDescription);
  Report(client.Object().Invoke(2, IID_NULL, 0, DISPATCH_METHOD, std::array<DISPPARAMS, 1>{}.data(),
                                nullptr, nullptr, nullptr) == DISP_E_EXCEPTION,
         "fails for a client that wants no error");
}

}  // namespace

int main() {
  if (FAILED(CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {
    return 2;
  }
  Client client;
  FindNames(client);
  RefuseCalls(client);
  Call(client);
  UINT types = 1;
  Report(client.Object().GetTypeInfoCount(&types) == S_OK && types == 0, "has no type information");
  return 0;
}
