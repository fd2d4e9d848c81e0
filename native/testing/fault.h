#pragma once

#include <atomic>
#include <string_view>

namespace async_com {

// The negative controls. The test addon can break one promise of the contract at a time. Then the
// suite must see the rule that checks the promise turn to "broken". The faulty classes and
// functions replace the product's (com/seam.h).
enum class Fault {
  kNone,
  kImpersonateWithoutToken,        // IMP-1
  kImpersonateAfterSignal,         // IMP-2
  kDropTokenAtSignal,              // IMP-3
  kRevertNothingAfterSignal,       // IMP-4
  kKeepTokenAfterBegin,            // IMP-5
  kLeakTokenIntoNextCall,          // IMP-5
  kRestoreTokenAtBeginReturn,      // IMP-6
  kImpersonateAfterForeignSignal,  // IMP-7
  kDropTokenAtForeignSignal,       // IMP-7
  kLeakTokenAfterForeignSignal,    // IMP-7
  kCloseGateAtBeginReturn,         // IMP-8
  kImpersonatingForever,           // IMP-9
  kRevertCounts,                   // IMP-10
  kForgetEarlierToken,             // IMP-11
  kTokenOnRpcThread,               // IMP-12
  kShareImpersonating,             // IMP-13
  kNoCallContext,                  // IMP-14
  kBindSecurityToThread,           // IMP-15
  kBindBlanketToThread,            // IMP-15
  kKeepCallContext,                // IMP-16
  kEmptyDuplicateAtSignal,         // IMP-17
  kRevertEverywhere,               // IMP-18
  kNoCallFactory,                  // CALL-1
  kCreateAnyCall,                  // CALL-2
  kBeginWaits,                     // CALL-3
  kBeginWhilePending,              // CALL-4
  kWaitSaysDone,                   // CALL-5
  kPendingWaitFails,               // CALL-5
  kFinishNothing,                  // CALL-6
  kFinishLosesResult,              // CALL-7
  kFinishLosesFailure,             // CALL-7
  kUsableOnce,                     // CALL-8
  kLeakReleasedCall,               // CALL-9
  kLeakServerCall,                 // CALL-9
  kSynchronousLosesResult,         // CALL-10
  kRefuseWithoutCallObject,        // CALL-11
  kOwnIdentity,                    // CALL-12
  kClientOwnIdentity,              // CALL-12
  kIgnoreCancel,                   // CALL-13
  kSecondSignalFails,              // CALL-14
  kSecondSignalReturnsEarly,       // CALL-14
  kRefuseUncancellable,            // CALL-15
  kCancelTwice,                    // CALL-16
  kCancelAtOnce,                   // CALL-16
  kServerCallNotSymmetric,         // CALL-17
  kClientCallNotSymmetric,         // CALL-17
  kTestCancelPending,              // CALL-18
  kWrongClientBlanket,             // SEC-1
  kLetAnybodyCall,                 // SEC-7
  kBeginFails,                     // no rule: Begin_ cannot run
  kServerBeginFails,               // no rule: what does COM do after a Begin_ that failed?
};

inline std::atomic<Fault> chosen_fault{Fault::kNone};

inline bool FaultIs(Fault fault) noexcept {
  return chosen_fault.load(std::memory_order_relaxed) == fault;
}

// Returns false for an unknown name. test/verify/faults.ts has the names.
bool ChooseFault(std::string_view name) noexcept;

// Replaces the product's classes and functions by the faulty ones. Called before the first call.
void InstallFaults() noexcept;

}  // namespace async_com
