// The benchmark's native client. Arguments: the class, where the proxy/stub is, and the interface:
// "method-call" or "dispatch". Each line is
// "IN-FLIGHT BYTES CALLS": it calls echoOne with so many bytes from so many threads, and answers
// with the nanoseconds that all calls took together.
#include <windows.h>

#include <oaidl.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "proxy_stub.h"

namespace {

using interop::Check;
using interop::ComPtr;
using interop::Variant;

// Where threads wait until all are there. (std::latch, of mingw-w64's GCC 12,
// was seen to hang under Wine.)
class StartLine {
 public:
  explicit StartLine(long count) : missing_(count) {}

  void Await() {
    std::unique_lock lock(mutex_);
    if (--missing_ == 0) {
      complete_.notify_all();
    }
    complete_.wait(lock, [this] { return missing_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable complete_;
  long missing_;
};

// How the client calls echoOne. One of the two is null.
struct Object {
  ComPtr<IMethodCall> method_call;
  ComPtr<IDispatch> dispatch;
  DISPID echo_one = DISPID_UNKNOWN;
};

class Load {
 public:
  Load(Object object, long in_flight, std::size_t bytes, long calls)
      : object_(std::move(object)), start_line_(in_flight + 1), bytes_(bytes), left_(calls) {
    for (long thread = 0; thread < in_flight; ++thread) {
      threads_.emplace_back([this] { Run(); });
    }
  }

  // Starts all at once, and waits for the last answer. Throws Failure.
  std::chrono::nanoseconds Measure() {
    start_line_.Await();
    const auto start = std::chrono::steady_clock::now();
    threads_.clear();
    const auto end = std::chrono::steady_clock::now();
    if (failure_.has_value()) {
      throw interop::Failure(*failure_);
    }
    return end - start;
  }

 private:
  void Run() noexcept {
    try {
      const interop::Apartment apartment;
      start_line_.Await();
      while (left_.fetch_sub(1) > 0) {
        CallOnce();
      }
    } catch (const interop::Failure& failure) {
      const std::lock_guard lock(mutex_);
      failure_ = failure;
      left_ = 0;
    }
  }

  // As a program does that has the bytes in a buffer of its own, each time.
  void CallOnce() {
    Variant result;
    if (object_.dispatch != nullptr) {
      Invoke(result);
    } else {
      Call(result);
    }
    if (result->vt != (VT_ARRAY | VT_UI1) || result->parray->rgsabound[0].cElements != bytes_) {
      throw interop::Failure(E_UNEXPECTED, "another answer than what was sent");
    }
  }

  void Call(Variant& result) {
    Variant arguments;
    Check(PutArguments(*arguments), "SafeArrayCreateVector");
    CallError error{};
    Check(object_.method_call->Call(method_.Get(), arguments->parray, nullptr, &*result, &error),
          "Call");
    Check(error.code, "the handler");
  }

  void Invoke(Variant& result) {
    Variant bytes;
    Check(PutBytes(*bytes), "SafeArrayCreateVector");
    DISPPARAMS parameters{&*bytes, nullptr, 1, 0};
    EXCEPINFO exception{};
    UINT wrong = 0;
    Check(object_.dispatch->Invoke(object_.echo_one, IID_NULL, 0, DISPATCH_METHOD, &parameters,
                                   &*result, &exception, &wrong),
          "Invoke");
  }

  HRESULT PutBytes(VARIANT& value) const {
    SAFEARRAY* const bytes = SafeArrayCreateVector(VT_UI1, 0, static_cast<ULONG>(bytes_));
    if (bytes == nullptr) {
      return E_OUTOFMEMORY;
    }
    std::memcpy(bytes->pvData, payload_.data(), bytes_);
    value.parray = bytes;
    value.vt = VT_ARRAY | VT_UI1;
    return S_OK;
  }

  HRESULT PutArguments(VARIANT& arguments) const {
    SAFEARRAY* const array = SafeArrayCreateVector(VT_VARIANT, 0, 1);
    if (array == nullptr) {
      return E_OUTOFMEMORY;
    }
    arguments.parray = array;
    arguments.vt = VT_ARRAY | VT_VARIANT;
    return PutBytes(*static_cast<VARIANT*>(array->pvData));
  }

  const Object object_;
  const interop::Bstr method_{L"echoOne"};
  StartLine start_line_;
  const std::size_t bytes_;
  const std::vector<BYTE> payload_ = std::vector<BYTE>(bytes_, BYTE{7});
  std::atomic<long> left_;
  std::mutex mutex_;
  std::optional<interop::Failure> failure_;
  std::vector<std::jthread> threads_;
};

Object Activate(const CLSID& clsid, bool by_dispatch) {
  Object object;
  if (!by_dispatch) {
    Check(CoCreateInstance(clsid, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object.method_call)),
          "CoCreateInstance");
    return object;
  }
  Check(CoCreateInstance(clsid, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object.dispatch)),
        "CoCreateInstance");
  std::wstring name = L"echoOne";
  LPOLESTR names = name.data();
  Check(object.dispatch->GetIDsOfNames(IID_NULL, &names, 1, 0, &object.echo_one), "GetIDsOfNames");
  return object;
}

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const interop::ProxyStub proxy_stub(arguments.At(1));
    const Object object = Activate(arguments.ClsidAt(0), arguments.At(2) == L"dispatch");
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      char* rest = nullptr;
      const long in_flight = std::strtol(line->c_str(), &rest, 10);
      const long bytes = std::strtol(rest, &rest, 10);
      const long calls = std::strtol(rest, &rest, 10);
      Load load(object, in_flight, static_cast<std::size_t>(bytes), calls);
      interop::WriteLine(std::to_string(load.Measure().count()));
    }
  });
}
