// A client that calls the synchronous interface.
#include "client.h"

int main() {
  return interop::RunClient(
      [](IMethodCall& object, BSTR method, SAFEARRAY* arguments, const std::function<void()>&,
         interop::Answer& answer) {
        CallError error{};
        answer.step = "Call";
        answer.hresult = object.Call(method, arguments, nullptr, &*answer.value, &error);
        answer.handler_error = error.code;
        *answer.source.Put() = error.source;
        *answer.description.Put() = error.description;
      },
      [](IMethodCall&) {});
}
