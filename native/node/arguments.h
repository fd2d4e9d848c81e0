#pragma once

#include <napi.h>

#include <cstddef>
#include <string>

#include "server/server_call.h"

namespace async_com {

// An argument of a call that its client has to correct.
struct WrongArgument {
  std::size_t argument = 0;
  HRESULT hresult = DISP_E_TYPEMISMATCH;
  std::string why;  // names the argument
};

// Returns the arguments of a call as JavaScript gets them. Those of a typed member are converted to
// their types. Call it on the JavaScript thread. Throws WrongArgument, ComFailure if their number
// is wrong, or Napi::Error.
Napi::Array ArgumentsOfCall(Napi::Env env, const ServerCall& call);

// Returns the result of a call as its client gets it. Throws Napi::TypeError if it cannot be sent.
Variant ResultOfCall(const Napi::Value& result, const ServerCall& call);

}  // namespace async_com
