// Calls a server object by IDispatch as no well-behaved client does.
//
//   native_dispatch                             writes one line for each promise: "kept PROMISE" or
//                                               "broken PROMISE"
//   native_dispatch random SEED COUNT [BREAK]   makes random calls, and says "kept" or "broken",
//   and
//                                               what was seen. With BREAK the object breaks a
//                                               promise.

#include <windows.h>

#include <oaidl.h>
#include <objbase.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "com/object.h"
#include "random_calls.h"
#include "server/enumerator.h"
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

// Every type that a VARIANT can say, without a value: only those of automation are taken.
void TryTypes(Client& client) {
  unsigned taken = 0;
  unsigned references = 0;
  unsigned references_to_nothing = 0;
  for (unsigned type = 0; type <= 0xFFFF; ++type) {
    VARIANT argument{};
    argument.vt = static_cast<VARTYPE>(type);
    if ((type & VT_BYREF) == 0) {
      taken += client.Invoke(1, {&argument, nullptr, 1, 0}).hresult == S_OK ? 1 : 0;
      continue;
    }
    references_to_nothing += client.Invoke(1, {&argument, nullptr, 1, 0}).hresult == S_OK ? 1 : 0;
    std::array<VARIANT, 2> memory{};
    argument.byref = memory.data();
    references += client.Invoke(1, {&argument, nullptr, 1, 0}).hresult == S_OK ? 1 : 0;
  }
  // 20 types that can be elements, VT_EMPTY and VT_NULL; arrays of the 20 and of VARIANT.
  Report(taken == 22 + 21, "takes the types of automation, and no others");
  Report(references == 20 + 1 + 21, "takes references to these types, and no others");
  Report(references_to_nothing == 0, "takes no reference to nothing");
}

HRESULT TryArgument(Client& client, VARIANT argument) {
  return client.Invoke(1, {&argument, nullptr, 1, 0}).hresult;
}

VARIANT ArrayArgument(SAFEARRAY* array, VARTYPE type) {
  VARIANT argument{};
  argument.vt = static_cast<VARTYPE>(VT_ARRAY | type);
  argument.parray = array;
  return argument;
}

void RefuseLies(Client& client) {
  SafeArray numbers = SafeArray::Create(VT_I4, 3);
  bool refused = TryArgument(client, ArrayArgument(numbers.Get(), VT_R8)) == DISP_E_TYPEMISMATCH &&
                 TryArgument(client, ArrayArgument(numbers.Get(), VT_BSTR)) == DISP_E_TYPEMISMATCH;
  for (const ULONG size : {0UL, 2UL, 4096UL}) {
    numbers.Get()->cbElements = size;
    refused = refused && FAILED(TryArgument(client, ArrayArgument(numbers.Get(), VT_I4)));
  }
  numbers.Get()->cbElements = 4;
  const SAFEARRAYBOUND bound = numbers.Get()->rgsabound[0];
  numbers.Get()->rgsabound[0].cElements = 0xFFFFFFFF;
  refused = refused && FAILED(TryArgument(client, ArrayArgument(numbers.Get(), VT_I4)));
  numbers.Get()->rgsabound[0] = bound;
  SafeArray outer = SafeArray::Create(VT_VARIANT, 1);
  static_cast<VARIANT*>(outer.Get()->pvData)->vt = VT_ARRAY | VT_I4;
  static_cast<VARIANT*>(outer.Get()->pvData)->parray = numbers.Get();
  numbers.Get()->cbElements = 4096;
  refused = refused && FAILED(TryArgument(client, ArrayArgument(outer.Get(), VT_VARIANT)));
  numbers.Get()->cbElements = 4;
  Report(refused, "refuses an array that is not as it says");
  Report(TryArgument(client, ArrayArgument(outer.Get(), VT_VARIANT)) == S_OK,
         "takes the array when it is as it says");
  *static_cast<VARIANT*>(outer.Get()->pvData) = VARIANT{};

  VARIANT record{};
  record.vt = VT_RECORD;
  VARIANT reference{};
  reference.vt = VT_RECORD | VT_BYREF;
  Report(FAILED(TryArgument(client, record)) && FAILED(TryArgument(client, reference)),
         "refuses a record of nothing");

  VARIANT self{};
  self.vt = VT_BYREF | VT_VARIANT;
  self.pvarVal = &self;
  Report(client.Invoke(1, {&self, nullptr, 1, 0}).hresult == E_INVALIDARG,
         "refuses a reference to itself");
  VARIANT inner{};
  inner.vt = VT_BYREF | VT_BSTR;
  VARIANT to_nothing{};
  to_nothing.vt = VT_BYREF | VT_VARIANT;
  to_nothing.pvarVal = &inner;
  Report(TryArgument(client, to_nothing) == E_INVALIDARG,
         "refuses a reference to nothing in a VARIANT");
}

void RefuseDepth(Client& client) {
  Variant value;
  for (unsigned depth = 0; depth < 100; ++depth) {
    SafeArray outer = SafeArray::Create(VT_VARIANT, 1);
    *static_cast<VARIANT*>(outer.Get()->pvData) = value.Detach();
    VARIANT* const put = value.Put();
    put->parray = outer.Detach();
    put->vt = VT_ARRAY | VT_VARIANT;
  }
  Report(TryArgument(client, value.Get()) == DISP_E_TYPEMISMATCH,
         "refuses arrays that are nested too deeply");
}

void RefuseCounts(Client& client) {
  VARIANT argument{};
  std::array<DISPID, 2> names{};
  Report(client.Invoke(1, {&argument, names.data(), 1, 2}).hresult == E_INVALIDARG &&
             client.Invoke(1, {&argument, nullptr, 1, 1}).hresult == E_INVALIDARG,
         "refuses more names than arguments");
  Report(client.Invoke(1, {&argument, nullptr, 0xFFFFFFFF, 0}).hresult == DISP_E_BADPARAMCOUNT &&
             client.Invoke(1, {nullptr, nullptr, 0xFFFFFFFF, 0}).hresult == E_INVALIDARG &&
             client.Invoke(1, {&argument, names.data(), 0xFFFFFFFF, 0xFFFFFFFF}).hresult ==
                 DISP_E_NONAMEDARGS,
         "refuses more arguments than a call can have");
}

// Members of every kind, and enumerators. Only the calling thread uses it.
class Everything final : public CallHandler {
 public:
  // `handler` is this object. Call it once.
  ComPtr<ServerObject> MakeObject(std::shared_ptr<CallHandler> handler) {
    std::vector<Member> members;
    const auto add = [&members](const wchar_t* name, DISPID id) -> Member& {
      members.push_back({});
      members.back().name = name;
      members.back().id = id;
      members.back().is_method = true;
      return members.back();
    };
    add(L"count", 1);
    add(L"echo", 2);
    add(L"typed", 3).parameters = {{L"n", VT_I4, false}, {L"times", VT_BSTR, true}};
    Member& property = add(L"short", 4);
    property.is_method = false;
    property.is_readable = property.is_writable = true;
    property.parameters = std::vector<Parameter>();
    add(L"fail", 5);
    add(L"assign", 6);
    add(L"refuse", 7);
    add(L"item", DISPID_VALUE);
    add(L"_NewEnum", DISPID_NEWENUM);
    const auto server =
        Server::Create(CLSID{}, 4, true, std::move(handler),
                       std::make_shared<const ObjectClass>(IID_NULL, std::move(members)));
    server_ = server;
    return make_server_object(server);
  }

  bool Arrived(std::shared_ptr<ServerCall> call) noexcept override {
    CallResult result;
    try {
      result = Answer(*call);
    } catch (const ComFailure& failure) {
      result = CallResult::Failed(failure.Result());
    } catch (const std::exception&) {
      result = CallResult::Failed(E_OUTOFMEMORY);
    }
    call->Complete(std::move(result));
    return true;
  }
  void Cancelled(std::shared_ptr<ServerCall>) noexcept override {}
  void Released(ObjectId object) noexcept override {
    positions_.erase(object);
    ++released;
  }
  void Idle() noexcept override {}
  void Unused() noexcept override {}

  int enumerators = 0;
  int released = 0;

 private:
  static constexpr ULONG kElements = 12;

  static Variant Number(LONG number) {
    Variant value;
    value.Put()->vt = VT_I4;
    const_cast<VARIANT&>(value.Get()).lVal = number;
    return value;
  }
  static Variant Truth(bool truth) {
    Variant value;
    value.Put()->vt = VT_BOOL;
    const_cast<VARIANT&>(value.Get()).boolVal = truth ? VARIANT_TRUE : VARIANT_FALSE;
    return value;
  }

  Variant NewEnumerator(ULONG position) {
    const auto server = server_.lock();
    auto object =
        server->NewObject(ObjectClass::OfMethods({L"next", L"skip", L"reset", L"clone"}), nullptr);
    positions_[object->Id()] = position;
    ++enumerators;
    Variant value;
    VARIANT* const put = value.Put();
    put->punkVal = MakeCom<Enumerator>(std::move(object)).Detach();
    put->vt = VT_UNKNOWN;
    return value;
  }

  Variant Next(ULONG& position, ULONG count) {
    const ULONG taken = std::min(count, kElements - position);
    SafeArray array = SafeArray::Create(VT_VARIANT, taken);
    {
      const LockedElements elements(array.Get(), VT_VARIANT);
      for (ULONG index = 0; index < taken; ++index) {
        VARIANT& element = elements.As<VARIANT>()[index];
        element.bstrVal = Bstr(L"element").Detach();
        element.vt = VT_BSTR;
      }
    }
    position += taken;
    Variant value;
    VARIANT* const put = value.Put();
    put->parray = array.Detach();
    put->vt = VT_ARRAY | VT_VARIANT;
    return value;
  }

  CallResult Answer(ServerCall& call) {
    CallResult result;
    const std::wstring_view name = call.Method();
    const LockedElements arguments(call.Arguments(), VT_VARIANT);
    const ULONG count = arguments.Length();
    if (const auto enumerator = positions_.find(call.Object()); enumerator != positions_.end()) {
      ULONG& position = enumerator->second;
      const ULONG wanted = arguments.As<VARIANT>()->ulVal;
      if (name == L"next") {
        result.value = Next(position, wanted);
      } else if (name == L"skip") {
        result.value = Truth(wanted <= kElements - position);
        position = std::min(kElements, position + wanted);
      } else if (name == L"reset") {
        position = 0;
        result.value = Truth(true);
      } else {
        result.value = NewEnumerator(position);
      }
    } else if (name == L"_NewEnum") {
      result.value = NewEnumerator(0);
    } else if (name == L"echo" && count > 0) {
      ThrowIfFailed(VariantCopy(result.value.Put(), arguments.As<VARIANT>()), "VariantCopy");
    } else if (name == L"fail") {
      result.handler_error = E_ACCESSDENIED;
      result.source = Bstr(L"source");
      result.description = Bstr(L"as asked");
      result.help_file = Bstr(L"help");
    } else if (name == L"refuse" && count > 0) {
      result.handler_error = DISP_E_TYPEMISMATCH;
      result.wrong_argument = count - 1;
      result.description = Bstr(L"of no use");
    } else if (name == L"assign" && count > 0) {
      for (ULONG index = 0; index < count; ++index) {
        CallResult::Assigned assigned{index, {}};
        ThrowIfFailed(VariantCopy(assigned.value.Put(), &arguments.As<VARIANT>()[count - 1]),
                      "VariantCopy");
        result.assigned.push_back(std::move(assigned));
      }
      result.value = Truth(true);
    } else {
      result.value = Number(static_cast<LONG>(count));
    }
    return result;
  }

  std::weak_ptr<Server> server_;
  std::map<ObjectId, ULONG> positions_;
};

// What clients may pass to be assigned to, and rarely do.
void AssignInOddPlaces() {
  const auto handler = std::make_shared<Everything>();
  const ComPtr<ServerObject> object = handler->MakeObject(handler);
  const auto assign = [&object](std::vector<VARIANT> arguments) {
    DISPPARAMS parameters{arguments.data(), nullptr, static_cast<UINT>(arguments.size()), 0};
    return object->Invoke(6, IID_NULL, 0, DISPATCH_METHOD, &parameters, nullptr, nullptr, nullptr);
  };
  VARIANT number{};
  number.vt = VT_I4;
  number.lVal = 42;

  // A VARIANT, and the string that is in it.
  VARIANT holder{};
  holder.bstrVal = Bstr(L"before").Detach();
  holder.vt = VT_BSTR;
  VARIANT to_holder{};
  to_holder.pvarVal = &holder;
  to_holder.vt = VT_BYREF | VT_VARIANT;
  VARIANT to_string{};
  to_string.pbstrVal = &holder.bstrVal;
  to_string.vt = VT_BYREF | VT_BSTR;
  const HRESULT both = assign({number, to_string, to_holder});
  Report(both == S_OK && holder.vt == VT_I4 && holder.lVal == 42,
         "assigns to a VARIANT and to the string in it");

  SafeArray array = SafeArray::Create(VT_I4, 2);
  SAFEARRAY* pointer = array.Get();
  VARIANT to_array{};
  to_array.pparray = &pointer;
  to_array.vt = VT_BYREF | VT_ARRAY | VT_I4;
  const SafeArray other = SafeArray::Create(VT_I4, 1);
  VARIANT value = ArrayArgument(other.Get(), VT_I4);
  bool refused = false;
  {
    const LockedElements locked(array.Get(), VT_I4);
    refused = assign({value, to_array}) == DISP_E_ARRAYISLOCKED && pointer == array.Get();
  }
  Report(refused, "leaves a locked array alone");

  VARIANT inner{};
  LONG target = 1;
  inner.plVal = &target;
  inner.vt = VT_BYREF | VT_I4;
  VARIANT outer{};
  outer.pvarVal = &inner;
  outer.vt = VT_BYREF | VT_VARIANT;
  Report(assign({number, outer}) == S_OK && target == 42 && inner.vt == (VT_BYREF | VT_I4),
         "assigns through a reference in a VARIANT");
}

// An object that has an interface of its own, and one that has none.
void HaveInterfaces() {
  const IID iid{0x3B0C8D1E, 0x5F42, 0x4C77, {0x8A, 0x11, 0x6E, 0x0D, 0x9B, 0x52, 0x7C, 0x34}};
  const auto handler = std::make_shared<Handler>();
  const auto with = make_server_object(Server::Create(
      CLSID{}, 4, true, handler, std::make_shared<const ObjectClass>(iid, std::vector<Member>())));
  const auto without = make_server_object(Server::Create(CLSID{}, 4, true, handler));
  ComPtr<IUnknown> found;
  const auto ask = [&found](ServerObject& object, REFIID for_iid) {
    return object.QueryInterface(for_iid, reinterpret_cast<void**>(found.ReleaseAndGetAddressOf()));
  };
  const bool own = ask(*with.Get(), iid) == S_OK;
  ComPtr<IDispatch> dispatch;
  const bool same = own && with->QueryInterface(IID_PPV_ARGS(&dispatch)) == S_OK &&
                    static_cast<void*>(found.Get()) == static_cast<void*>(dispatch.Get());
  Report(same && ask(*without.Get(), iid) == E_NOINTERFACE, "has the interface of its class");
  Report(
      ask(*with.Get(), IID_NULL) == E_NOINTERFACE && ask(*without.Get(), IID_NULL) == E_NOINTERFACE,
      "has no interface without an IID");
  Report(with->InterfaceSupportsErrorInfo(iid) == S_OK &&
             with->InterfaceSupportsErrorInfo(IID_IDispatch) == S_OK &&
             with->InterfaceSupportsErrorInfo(IID_IUnknown) == S_FALSE &&
             without->InterfaceSupportsErrorInfo(IID_NULL) == S_FALSE,
         "says of its interfaces whether they have errors");
}

// Counts what COM has allocated and not freed. With OANOCACHE set, the strings and arrays of
// automation are among it.
class Allocations final : public IMallocSpy {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (iid != IID_IUnknown && iid != IID_IMallocSpy) {
      *object = nullptr;
      return E_NOINTERFACE;
    }
    *object = static_cast<IMallocSpy*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return 1; }
  ULONG STDMETHODCALLTYPE Release() noexcept override { return 1; }
  SIZE_T STDMETHODCALLTYPE PreAlloc(SIZE_T size) noexcept override { return size; }
  void* STDMETHODCALLTYPE PostAlloc(void* made) noexcept override {
    live += made == nullptr ? 0 : 1;
    return made;
  }
  void* STDMETHODCALLTYPE PreFree(void* memory, BOOL) noexcept override {
    live -= memory == nullptr ? 0 : 1;
    return memory;
  }
  void STDMETHODCALLTYPE PostFree(BOOL) noexcept override {}
  SIZE_T STDMETHODCALLTYPE PreRealloc(void* memory, SIZE_T size, void** given,
                                      BOOL) noexcept override {
    live -= memory == nullptr ? 0 : 1;
    *given = memory;
    return size;
  }
  void* STDMETHODCALLTYPE PostRealloc(void* made, BOOL) noexcept override {
    live += made == nullptr ? 0 : 1;
    return made;
  }
  void* STDMETHODCALLTYPE PreGetSize(void* memory, BOOL) noexcept override { return memory; }
  SIZE_T STDMETHODCALLTYPE PostGetSize(SIZE_T size, BOOL) noexcept override { return size; }
  void* STDMETHODCALLTYPE PreDidAlloc(void* memory, BOOL) noexcept override { return memory; }
  int STDMETHODCALLTYPE PostDidAlloc(void*, BOOL, int did) noexcept override { return did; }
  void STDMETHODCALLTYPE PreHeapMinimize() noexcept override {}
  void STDMETHODCALLTYPE PostHeapMinimize() noexcept override {}

  std::atomic<long> live{0};
};

// Breaks one promise in some of the calls that it passes on.
class Broken final : public ComObject<IDispatch> {
 public:
  Broken(ComPtr<IDispatch> object, std::string_view how) : object_(std::move(object)), how_(how) {}

  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) noexcept override {
    return object_->GetTypeInfoCount(count);
  }
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID locale,
                                        ITypeInfo** info) noexcept override {
    return object_->GetTypeInfo(index, locale, info);
  }
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID reserved, LPOLESTR* names, UINT count, LCID locale,
                                          DISPID* ids) noexcept override {
    const HRESULT found = object_->GetIDsOfNames(reserved, names, count, locale, ids);
    return how_ == "finds-unknown-names" && found == DISP_E_UNKNOWNNAME ? S_OK : found;
  }
  HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID reserved, LCID locale, WORD flags,
                                   DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                                   UINT* wrong) noexcept override {
    const HRESULT invoked =
        object_->Invoke(id, reserved, locale, flags, parameters, result, exception, wrong);
    if (how_ == "gives-results-with-errors" && FAILED(invoked) && result != nullptr) {
      result->vt = VT_I4;
    } else if (how_ == "raises-without-an-exception" && invoked == DISP_E_MEMBERNOTFOUND &&
               exception != nullptr) {
      exception->scode = invoked;
    } else if (how_ == "names-no-argument" && invoked == DISP_E_TYPEMISMATCH) {
      *wrong = 0xFFFF;
    } else if (how_ == "leaks-strings" && FAILED(invoked)) {
      static_cast<void>(SysAllocString(L"nobody frees this"));
    } else if (how_ == "keeps-references" && FAILED(invoked)) {
      object_->AddRef();
    }
    return invoked;
  }

 private:
  const ComPtr<IDispatch> object_;
  const std::string how_;
};

int MakeRandomCalls(std::uint64_t seed, long count, std::string_view how) {
  Allocations allocations;
  if (FAILED(CoRegisterMallocSpy(&allocations))) {
    std::printf("broken: no spy\n");
    return 1;
  }
  const auto handler = std::make_shared<Everything>();
  std::string said;
  {
    const ComPtr<ServerObject> server_object = handler->MakeObject(handler);
    ComPtr<IDispatch> object(static_cast<IDispatch*>(server_object.Get()));
    const auto references = [&server_object] {
      server_object->AddRef();
      return server_object->Release();
    };
    try {
      // What is made once, such as error objects of the thread, is there after these.
      interop::MakeRandomCalls(*object.Get(), seed, 200, interop::Reach::kThisProcess);
      SetErrorInfo(0, nullptr);
      if (!how.empty()) {
        object = MakeCom<Broken>(object, how);
      }
      const long live = allocations.live;
      const ULONG before = references();
      const auto calls =
          interop::MakeRandomCalls(*object.Get(), seed, count, interop::Reach::kThisProcess);
      SetErrorInfo(0, nullptr);
      said = interop::WordsFrom(calls);
      if (references() != before || handler->released != handler->enumerators) {
        throw std::runtime_error("there are other COM objects than before");
      }
      if (allocations.live != live) {
        throw std::runtime_error("memory was not freed: " +
                                 std::to_string(allocations.live - live));
      }
      DISPPARAMS none{};
      Variant result;
      const HRESULT after =
          object->Invoke(1, IID_NULL, 0, DISPATCH_METHOD, &none, result.Put(), nullptr, nullptr);
      if (after != S_OK || result.Get().vt != VT_I4) {
        throw std::runtime_error("a correct call fails afterwards");
      }
    } catch (const std::runtime_error& error) {
      std::printf("broken: %s\n", error.what());
      std::fflush(stdout);
      return 1;
    }
  }
  std::printf("kept: %s\n", said.c_str());
  CoRevokeMallocSpy();
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (FAILED(CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {
    return 2;
  }
  if (count >= 4 && std::string_view(arguments[1]) == "random") {
    return MakeRandomCalls(std::strtoull(arguments[2], nullptr, 10),
                           std::strtol(arguments[3], nullptr, 10), count > 4 ? arguments[4] : "");
  }
  Client client;
  FindNames(client);
  RefuseCalls(client);
  TryTypes(client);
  RefuseLies(client);
  RefuseDepth(client);
  RefuseCounts(client);
  AssignInOddPlaces();
  HaveInterfaces();
  Call(client);
  UINT types = 1;
  Report(client.Object().GetTypeInfoCount(&types) == S_OK && types == 0, "has no type information");
  return 0;
}
