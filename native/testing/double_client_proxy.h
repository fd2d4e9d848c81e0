#pragma once

#include <memory>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "testing/double_client_state.h"

namespace async_com {

// Makes a proxy of the double of COM, as a client on Windows has one: it always has ICallFactory.
// No server is behind it. The name of a method says how its call ends:
//
//   held      when LetGo is called
//   inside    inside Begin_, on its thread
//   early     on another thread, some time before Begin_ returns
//   twice     with two Signals
//   fail      the handler fails
//   lost      there is no answer
//   begin fails, and begin fails, signalled   not at all
//   blanket   with the blanket of the call, and whether Begin_'s thread had a token
//   any other soon, on another thread, with the arguments or a value of values_with_object.h
//
// `held` blocks a synchronous call, too. In a synchronous call the other names only choose the
// answer.
ComPtr<IMethodCall> MakeDoubleClientProxy(std::shared_ptr<DoubleClientState> state);

}  // namespace async_com
