#pragma once

namespace async_com {

// A double of COM, as a server sees it: it makes the calls that reach this process asynchronous, as
// the documentation says that Windows does. It stands behind the generated stub of IMethodCall. The
// two processes, RPC and the tokens are real. It uses nothing of the bridge. For each call it
//
// 1. looks for the asynchronous interface in the registry and for ICallFactory; if one is missing,
//    it calls the synchronous method;
// 2. makes a controlling unknown, which has ISynchronize before the call object exists;
// 3. calls CreateCall, and the synchronous method if that fails;
// 4. asks the call object's non-delegating QueryInterface for the asynchronous interface;
// 5. puts a call context on a thread of the multithreaded apartment and calls Begin_ there; when
//    Begin_ has returned, it overwrites and frees the [in] data;
// 6. accepts Reset inside Begin_;
// 7. calls Finish_ inside Signal, on the thread that signals; then the call context is complete:
//    ImpersonateClient fails, RevertToSelf works, and the thread's token stays;
// 8. takes the client's token and the call context off the thread when Begin_ has returned;
// 9. accepts Signal later, on any thread of the apartment;
// 10. releases the call object and then the controlling unknown, and checks that no reference to
// the
//     call object is left.
//
// https://learn.microsoft.com/windows/win32/com/making-and-processing-asynchronous-calls
//
// ASYNC_COM_DOUBLE=server in the environment installs it. The test addon calls this when it is
// loaded.
void InstallServerDouble() noexcept;
bool HasServerDouble() noexcept;

}  // namespace async_com
