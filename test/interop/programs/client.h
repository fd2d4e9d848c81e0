#pragma once

#include <windows.h>

#include <functional>
#include <string>

#include "com.h"
#include "method_call.h"

namespace interop {

// The result of a call.
struct Answer {
  HRESULT hresult = S_OK;
  const char* step = "";  // the step that failed
  Variant value;
  HRESULT handler_error = S_OK;
  Bstr source;
  Bstr description;
};

// One way to call a server. It may call `begun` when the call has begun and the caller is free.
using CallMethod = std::function<void(IMethodCall& object, BSTR method, SAFEARRAY* arguments,
                                      const std::function<void()>& begun, Answer& answer)>;

// The main function of a client. It activates the class that the first argument names, with the
// proxy/stub that the second argument names (proxy_stub.h), and then makes calls. Each input line
// is a call, on a thread of its own:
//
//   ID METHOD ARGUMENT…    (METHOD is a bstr:…)
//
// The answer is lines with the same ID: "begun", then one of
//
//   value VALUE
//   handler HRESULT SOURCE DESCRIPTION    (the handler failed)
//   failed HRESULT STEP                   (the call failed)
//
// `prepare` may throw to refuse an object.
int RunClient(const CallMethod& call,
              const std::function<void(IMethodCall& object)>& prepare) noexcept;

}  // namespace interop
