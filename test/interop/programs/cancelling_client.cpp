// A client that makes one synchronous call and cancels it. It passes no cancel id: only COM tells
// the server. The arguments are those of a client (client.h). The first input line is
//
//   METHOD ARGUMENT…    (METHOD is a bstr:…)
//
// and each line after it cancels the call. The answers are "cancel HRESULT", and when the call is
// over "ended HRESULT".
#include <windows.h>

#include <objbase.h>

#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "proxy_stub.h"
#include "values.h"

namespace {

using namespace interop;

void CallOnce(IMethodCall& object, std::string_view line) {
  std::vector<std::string_view> parts = Split(line);
  const Variant method = ValueFromWords(parts.at(0));
  parts.erase(parts.begin());
  const Variant arguments = ArrayFromWords(parts);
  Variant value;
  CallError error{};
  const HRESULT ended = object.Call(method->bstrVal, arguments->parray, nullptr, &*value, &error);
  SysFreeString(error.source);
  SysFreeString(error.description);
  WriteLine("ended " + Hex(ended));
}

}  // namespace

int main() {
  return RunProgram([] {
    const Arguments arguments;
    const Apartment apartment;
    const ProxyStub proxy_stub(arguments.At(1));
    ComPtr<IMethodCall> object;
    Check(
        CoCreateInstance(arguments.ClsidAt(0), nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)),
        "CoCreateInstance");
    WriteLine("ready");
    const auto line = ReadLine();
    if (!line) {
      return;
    }
    std::promise<DWORD> started;
    std::jthread call([&] {
      try {
        started.set_value(GetCurrentThreadId());
        const Apartment of_thread;
        Check(CoEnableCallCancellation(nullptr), "CoEnableCallCancellation");
        CallOnce(*object.Get(), *line);
      } catch (const Failure& failure) {
        WriteLine(std::string("failed ") + Hex(failure.Result()) + " " + failure.what());
      }
    });
    const DWORD thread = started.get_future().get();
    while (ReadLine()) {
      WriteLine("cancel " + Hex(CoCancelCall(thread, 0)));
    }
  });
}
