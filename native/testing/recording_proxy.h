#pragma once

#include <windows.h>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"

namespace async_com {

// For tests: replaces COM's proxy on hosts on which COM has no blankets on proxies (Wine 8.0), to
// show what async-com asks of IClientSecurity. It keeps the blanket that it is given. Each call
// returns that blanket, and whether the calling thread had a token. A call of a method with the
// name of a value returns that value: see PutValueWithObject.
ComPtr<IMethodCall> MakeRecordingProxy();

// The interfaces of the call objects that a recording proxy's ICallFactory makes. A call object
// with all of them is like COM's own; others are like those of a server whose ICallFactory a client
// reaches.
struct CallObjectInterfaces {
  bool asynchronous = true;  // AsyncIMethodCall
  bool synchronize = true;   // ISynchronize
  bool cancel = true;        // ICancelMethodCalls
};

// Makes a recording proxy with an ICallFactory. Finish_Call of its call objects returns
// "asynchronous".
ComPtr<IMethodCall> MakeRecordingProxyWithFactory(const CallObjectInterfaces& interfaces);

}  // namespace async_com
