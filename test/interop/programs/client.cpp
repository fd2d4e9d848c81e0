#include "client.h"

#include <exception>
#include <list>
#include <string_view>
#include <thread>
#include <vector>

#include "arguments.h"
#include "lines.h"
#include "proxy_stub.h"
#include "values.h"

namespace interop {

namespace {

std::string Describe(const Answer& answer) {
  if (FAILED(answer.hresult)) {
    return "failed " + Hex(answer.hresult) + " " + answer.step;
  }
  if (FAILED(answer.handler_error)) {
    return "handler " + Hex(answer.handler_error) + " " + WordsFromText(answer.source.Get()) + " " +
           WordsFromText(answer.description.Get());
  }
  return "value " + WordsFromValue(*answer.value);
}

void CallOnce(const CallMethod& call, IMethodCall& object, std::string_view line) {
  std::vector<std::string_view> parts = Split(line);
  const std::string id(parts.at(0));
  try {
    const Variant method = ValueFromWords(parts.at(1));
    parts.erase(parts.begin(), parts.begin() + 2);
    const Variant arguments = ArrayFromWords(parts);
    Answer answer;
    call(
        object, method->bstrVal, arguments->parray, [&] { WriteLine(id + " begun"); }, answer);
    WriteLine(id + " " + Describe(answer));
  } catch (const Failure& failure) {
    WriteLine(id + " failed " + Hex(failure.Result()) + " " + failure.what());
  } catch (const std::exception& error) {
    WriteLine(id + " failed " + Hex(E_UNEXPECTED) + " " + error.what());
  }
}

}  // namespace

int RunClient(const CallMethod& call,
              const std::function<void(IMethodCall& object)>& prepare) noexcept {
  return RunProgram([&] {
    const Arguments arguments;
    const Apartment apartment;
    const ProxyStub proxy_stub(arguments.At(1));
    ComPtr<IMethodCall> object;
    Check(
        CoCreateInstance(arguments.ClsidAt(0), nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)),
        "CoCreateInstance");
    prepare(*object.Get());
    WriteLine("ready");
    std::list<std::jthread> calls;  // joined before the object is released
    while (auto line = ReadLine()) {
      calls.emplace_back([&call, object, line = std::move(*line)] {
        const Apartment of_thread;
        CallOnce(call, *object.Get(), line);
      });
    }
  });
}

}  // namespace interop
