// A plain client: what async-com's client is compared with.
//
// Arguments: the class, and the path of the proxy/stub DLL. The program writes "ready". Each line
// is "COUNT THREADS". It makes so many calls and answers "called ANSWERED FAILED".
#include <windows.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "proxy_stub.h"
#include "values.h"

namespace {

using interop::Check;
using interop::ComPtr;

bool CallOnce(IMethodCall& object, std::uint32_t id) {
  const interop::Bstr method(L"echoOne");
  const interop::Variant arguments = interop::ArrayFromWords({"i4:1"});
  const GUID cancel_id = {id, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
  interop::Variant result;
  CallError error{};
  const HRESULT called = object.Call(method.Get(), arguments->parray, &cancel_id, &*result, &error);
  SysFreeString(error.source);
  SysFreeString(error.description);
  return SUCCEEDED(called);
}

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const interop::ProxyStub proxy_stub(arguments.At(1));
    ComPtr<IMethodCall> object;
    Check(
        CoCreateInstance(arguments.ClsidAt(0), nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)),
        "CoCreateInstance");
    interop::WriteLine("ready");
    while (const auto line = interop::ReadLine()) {
      const std::vector<std::string_view> words = interop::Split(*line);
      std::atomic<std::int64_t> left{std::stoll(std::string(words.at(0)))};
      const std::size_t threads = std::stoul(std::string(words.at(1)));
      std::atomic<std::uint64_t> answered{0};
      std::atomic<std::uint64_t> failed{0};
      std::vector<std::jthread> running;
      while (running.size() < threads) {
        running.emplace_back([&] {
          const interop::Apartment of_thread;
          for (std::int64_t id = left--; id > 0; id = left--) {
            ++(CallOnce(*object.Get(), static_cast<std::uint32_t>(id)) ? answered : failed);
          }
        });
      }
      running.clear();
      interop::WriteLine("called " + std::to_string(answered) + " " + std::to_string(failed));
    }
  });
}
