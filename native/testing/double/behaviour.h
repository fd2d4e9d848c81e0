#pragma once

#include <string_view>

namespace async_com {

// How the double of COM at the server behaves (server_double.h).
//
// A variant is what COM may do where the documentation is silent. A server must survive it. A grant
// is what a client may have granted: a level of impersonation, or no authentication. A control does
// one step of a call wrong, and a rule or a test must notice that.
enum class Behaviour {
  kUsual,

  // Variants.
  kCreateForAsync,        // CreateCall is asked for AsyncIMethodCall instead of IUnknown
  kCreateForSynchronize,  // CreateCall is asked for ISynchronize
  kStartsSignalled,       // ISynchronize is in the signalled state before Begin_
  kCannotReset,           // Reset fails
  kThreadEnds,            // Begin_'s thread ends when Begin_ has returned
  kRemovesTokenLate,  // the client's token stays on the thread for a while after Begin_'s return
  kNoCallHandle,      // Begin_'s thread has no RPC call
  kFinishAfterFailedBegin,  // Finish_ is called if Begin_ fails; usually it is not
  kSignalAfterFailedBegin,  // Signal is waited for if Begin_ fails
  kSignalFails,             // the client is gone: Signal fails, Finish_ is not called
  kDropsResult,             // the client is gone: what Finish_ returned is freed
  kImpersonatingPerCall,    // IsImpersonating is TRUE on every thread of a call that impersonates
  kRefusesWithFail,         // ImpersonateClient returns E_FAIL once the call is complete
  kImpersonatesNothing,     // ImpersonateClient returns S_OK and puts no token on the thread
  kNoRundown,               // COM does not take back the references of a client that has died

  // Grants.
  kGrantsAnonymous,
  kGrantsIdentify,
  kGrantsImpersonate,
  kGrantsDelegate,
  kGrantsNothing,  // the call is not authenticated

  // Controls, in the order of the steps.
  kNeverAsynchronous,    // 1: does not look for the asynchronous interface
  kNoSynchronize,        // 2: the controlling unknown has no ISynchronize
  kNoFallback,           // 3: does not call synchronously if CreateCall fails
  kAsksForSynchronous,   // 4: asks the call object for IMethodCall
  kNoCallContext,        // 5: puts no call context on Begin_'s thread
  kFreesInDataEarly,     // 5: overwrites the [in] data before Begin_ has it
  kResetCompletes,       // 6: takes Reset for Signal
  kNeverCompletes,       // 7: the context is not complete after Signal
  kDropsTokenAtSignal,   // 7: Signal removes the thread's token
  kRevertsNothing,       // 7: RevertToSelf does nothing once the call is complete
  kKeepsToken,           // 8: leaves the token on the thread after Begin_'s return
  kSignalOnBeginThread,  // 9: refuses Signal on another thread than Begin_'s
  kKeepsCallObject,      // 10: does not release the call object
};

// Returns the behaviour of the double from now on. A call keeps the behaviour that it began with.
Behaviour ChosenBehaviour() noexcept;

// Returns false for an unknown name. test/verify/double.test.ts has the names.
bool ChooseBehaviour(std::string_view name) noexcept;

}  // namespace async_com
