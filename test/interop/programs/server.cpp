// A server without a call object. It implements the interface, and an ICallFactory whose CreateCall
// makes none. COM then makes an asynchronous client's call as a synchronous one.
//
// Arguments: the class, where the proxy/stub is (proxy_stub.h), and the server's name. The program
// writes "ready", and ends when its input ends.
#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "proxy_stub.h"
#include "values.h"

namespace {

using interop::Bstr;
using interop::Check;
using interop::ComPtr;

// What a method answers: a value, or its failure.
struct Reply {
  interop::Variant value;
  HRESULT error = S_OK;
  std::wstring description;
};

// Calls wait here until another call releases them.
class Gates {
 public:
  void Pass(LONG key) {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return keys_.erase(key) > 0; });
  }

  void Open(LONG key) {
    const std::lock_guard lock(mutex_);
    keys_.insert(key);
    opened_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  std::multiset<LONG> keys_;
};

// The arguments of a call. An argument that was left out is empty.
class CallArguments {
 public:
  explicit CallArguments(SAFEARRAY* array) : array_(array) {}

  const VARIANT& operator[](LONG index) const {
    static const VARIANT empty{};
    VARIANT* element = nullptr;
    if (array_ == nullptr ||
        FAILED(SafeArrayPtrOfIndex(array_, &index, reinterpret_cast<void**>(&element)))) {
      return empty;
    }
    return *element;
  }

  LONG Integer(LONG index) const { return (*this)[index].vt == VT_I4 ? (*this)[index].lVal : 0; }

  double Number(LONG index) const {
    const VARIANT& value = (*this)[index];
    return value.vt == VT_R8 ? value.dblVal : static_cast<double>(Integer(index));
  }

  // Copies all arguments, as an array.
  void CopyTo(VARIANT& out) const {
    SAFEARRAY* copy = nullptr;
    Check(SafeArrayCopy(array_, &copy), "SafeArrayCopy");
    out.parray = copy;
    out.vt = VT_ARRAY | VT_VARIANT;
  }

 private:
  SAFEARRAY* array_;
};

void PutNumber(VARIANT& out, double number) {
  const bool fits = number >= std::numeric_limits<LONG>::min() &&
                    number <= std::numeric_limits<LONG>::max() && number == std::trunc(number) &&
                    !(number == 0 && std::signbit(number));
  if (fits) {
    out.lVal = static_cast<LONG>(number);
    out.vt = VT_I4;
  } else {
    out.dblVal = number;
    out.vt = VT_R8;
  }
}

// How many objects in answers have not been released yet.
std::atomic<LONG> objects_left{0};

class CountedObject final : public interop::ComObject<IUnknown> {
 public:
  CountedObject() { ++objects_left; }

 private:
  ~CountedObject() override { --objects_left; }
};

void PutReference(VARIANT& out) {
  auto* const memory = static_cast<IUnknown**>(CoTaskMemAlloc(sizeof(IUnknown*)));
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  *memory = interop::Make<CountedObject>().Detach();
  out.ppunkVal = memory;
  out.vt = VT_BYREF | VT_UNKNOWN;
}

void PutBesideMatrix(VARIANT& out) {
  SAFEARRAYBOUND bounds[] = {{2, 0}, {2, 0}};
  interop::Variant array;
  array->parray = SafeArrayCreateVector(VT_VARIANT, 0, 2);
  if (array->parray == nullptr) {
    throw std::bad_alloc();
  }
  array->vt = VT_ARRAY | VT_VARIANT;
  auto* const elements = static_cast<VARIANT*>(array->parray->pvData);
  elements[0].parray = SafeArrayCreate(VT_I4, 2, bounds);
  if (elements[0].parray == nullptr) {
    throw std::bad_alloc();
  }
  elements[0].vt = VT_ARRAY | VT_I4;
  elements[1].punkVal = interop::Make<CountedObject>().Detach();
  elements[1].vt = VT_UNKNOWN;
  std::swap(out, *array);
}

using Method = void (*)(const CallArguments& arguments, Reply& reply);

Gates gates;

const std::map<std::wstring, Method> kMethods = {
    {L"echo", [](const CallArguments& arguments, Reply& reply) { arguments.CopyTo(*reply.value); }},
    {L"echoOne",
     [](const CallArguments& arguments, Reply& reply) {
       Check(VariantCopy(&*reply.value, const_cast<VARIANT*>(&arguments[0])), "VariantCopy");
     }},
    // Returns the value that its argument describes (values.h).
    {L"valueFromWords",
     [](const CallArguments& arguments, Reply& reply) {
       const VARIANT& text = arguments[0];
       const std::wstring_view words(text.bstrVal, SysStringLen(text.bstrVal));
       reply.value = interop::ValueFromWords(std::string(words.begin(), words.end()));
     }},
    // Returns its argument in words.
    {L"wordsFromValue",
     [](const CallArguments& arguments, Reply& reply) {
       const std::string words = interop::WordsFromValue(arguments[0]);
       reply.value->bstrVal = Bstr(std::wstring(words.begin(), words.end())).Detach();
       reply.value->vt = VT_BSTR;
     }},
    {L"add",
     [](const CallArguments& arguments, Reply& reply) {
       PutNumber(*reply.value, arguments.Number(0) + arguments.Number(1));
     }},
    {L"fail",
     [](const CallArguments& arguments, Reply& reply) {
       reply.error = arguments.Integer(0);
       const VARIANT& text = arguments[1];
       if (text.vt == VT_BSTR) {
         reply.description.assign(text.bstrVal, SysStringLen(text.bstrVal));
       }
     }},
    {L"hold",
     [](const CallArguments& arguments, Reply& reply) {
       gates.Pass(arguments.Integer(0));
       PutNumber(*reply.value, arguments.Integer(0));
     }},
    {L"objectBesideMatrix",
     [](const CallArguments&, Reply& reply) { PutBesideMatrix(*reply.value); }},
    {L"referenceToObject", [](const CallArguments&, Reply& reply) { PutReference(*reply.value); }},
    {L"objectsLeft",
     [](const CallArguments&, Reply& reply) { PutNumber(*reply.value, objects_left); }},
    {L"release", [](const CallArguments& arguments, Reply&) { gates.Open(arguments.Integer(0)); }},
};

class MethodServer final : public interop::ComObject<IMethodCall, ICallFactory> {
 public:
  explicit MethodServer(std::wstring name) : name_(std::move(name)) {}

  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    VariantInit(result);
    *error = {};
    try {
      const auto found = kMethods.find(std::wstring(method, SysStringLen(method)));
      if (found == kMethods.end()) {
        return DISP_E_MEMBERNOTFOUND;
      }
      Reply reply;
      found->second(CallArguments(arguments), reply);
      if (SUCCEEDED(reply.error)) {
        std::swap(*result, *reply.value);
        return S_OK;
      }
      Bstr source(name_);
      Bstr description(reply.description);
      *error = {reply.error, source.Detach(), description.Detach()};
      return S_OK;
    } catch (const interop::Failure& failure) {
      return failure.Result();
    } catch (const std::bad_alloc&) {
      return E_OUTOFMEMORY;
    } catch (const std::exception&) {
      return E_UNEXPECTED;
    }
  }

  HRESULT STDMETHODCALLTYPE CreateCall(REFIID, IUnknown*, REFIID,
                                       IUnknown** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = nullptr;
    return E_NOINTERFACE;
  }

 private:
  const std::wstring name_;
};

class ClassObject final : public interop::ComObject<IClassFactory> {
 public:
  explicit ClassObject(std::wstring name) : name_(std::move(name)) {}

  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid,
                                           void** object) noexcept override {
    *object = nullptr;
    if (outer != nullptr) {
      return CLASS_E_NOAGGREGATION;
    }
    try {
      return interop::Make<MethodServer>(name_)->QueryInterface(iid, object);
    } catch (const std::bad_alloc&) {
      return E_OUTOFMEMORY;
    }
  }

  HRESULT STDMETHODCALLTYPE LockServer(BOOL) noexcept override { return S_OK; }

 private:
  const std::wstring name_;
};

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const interop::ProxyStub proxy_stub(arguments.At(1));
    const auto class_object = interop::Make<ClassObject>(arguments.At(2));
    DWORD cookie = 0;
    Check(CoRegisterClassObject(arguments.ClsidAt(0), class_object.Get(), CLSCTX_LOCAL_SERVER,
                                REGCLS_MULTIPLEUSE, &cookie),
          "CoRegisterClassObject");
    interop::WriteLine("ready");
    while (interop::ReadLine()) {
    }
    CoRevokeClassObject(cookie);
  });
}
