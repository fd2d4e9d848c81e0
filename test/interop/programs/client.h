#pragma once

#include <windows.h>

#include <functional>
#include <string>

#include "com.h"
#include "method_call.h"

namespace interop {

// What a call gave.
struct Answer {
  HRESULT hresult = S_OK;
  const char* step = "";  // that failed
  Variant value;
  HRESULT handler_error = S_OK;
  Bstr source;
  Bstr description;
};

// One way to call a server. `begun` may be told that the call has begun and the caller is free.
using CallMethod = std::function<void(IMethodCall& object, BSTR method, SAFEARRAY* arguments,
                                      const std::function<void()>& begun, Answer& answer)>;

// A client's main function: activates the class that the first argument names, with the proxy/stub
// that the second one says (proxy_stub.h), and calls as it is told to. Each line is a call, on a
// thread of its own:
//
//   ID METHOD ARGUMENT…    (METHOD is a bstr:…)
//
// and is answered by lines of the same ID: "begun", then one of
//
//   value VALUE
//   handler HRESULT SOURCE DESCRIPTION    (the handler failed)
//   failed HRESULT STEP                   (the call failed)
//
// `prepare` may refuse an object by what it throws.
int RunClient(const CallMethod& call,
              const std::function<void(IMethodCall& object)>& prepare) noexcept;

}  // namespace interop
