#include "testing/fault.h"

#include <array>
#include <utility>

#include "testing/faulty_client_call_object.h"
#include "testing/faulty_functions.h"
#include "testing/faulty_server_object.h"
#include "testing/faulty_server_security.h"

namespace async_com {

namespace {

constexpr std::array<std::pair<std::string_view, Fault>, 52> kFaults{{
    {"none", Fault::kNone},
    {"impersonate-without-token", Fault::kImpersonateWithoutToken},
    {"impersonate-after-signal", Fault::kImpersonateAfterSignal},
    {"drop-token-at-signal", Fault::kDropTokenAtSignal},
    {"revert-nothing-after-signal", Fault::kRevertNothingAfterSignal},
    {"keep-token-after-begin", Fault::kKeepTokenAfterBegin},
    {"leak-token-into-next-call", Fault::kLeakTokenIntoNextCall},
    {"restore-token-at-begin-return", Fault::kRestoreTokenAtBeginReturn},
    {"impersonate-after-foreign-signal", Fault::kImpersonateAfterForeignSignal},
    {"drop-token-at-foreign-signal", Fault::kDropTokenAtForeignSignal},
    {"leak-token-after-foreign-signal", Fault::kLeakTokenAfterForeignSignal},
    {"close-gate-at-begin-return", Fault::kCloseGateAtBeginReturn},
    {"impersonating-forever", Fault::kImpersonatingForever},
    {"revert-counts", Fault::kRevertCounts},
    {"forget-earlier-token", Fault::kForgetEarlierToken},
    {"token-on-rpc-thread", Fault::kTokenOnRpcThread},
    {"share-impersonating", Fault::kShareImpersonating},
    {"no-call-context", Fault::kNoCallContext},
    {"bind-security-to-thread", Fault::kBindSecurityToThread},
    {"bind-blanket-to-thread", Fault::kBindBlanketToThread},
    {"keep-call-context", Fault::kKeepCallContext},
    {"empty-duplicate-at-signal", Fault::kEmptyDuplicateAtSignal},
    {"revert-everywhere", Fault::kRevertEverywhere},
    {"no-call-factory", Fault::kNoCallFactory},
    {"create-any-call", Fault::kCreateAnyCall},
    {"begin-waits", Fault::kBeginWaits},
    {"begin-while-pending", Fault::kBeginWhilePending},
    {"wait-says-done", Fault::kWaitSaysDone},
    {"pending-wait-fails", Fault::kPendingWaitFails},
    {"finish-nothing", Fault::kFinishNothing},
    {"finish-loses-result", Fault::kFinishLosesResult},
    {"finish-loses-failure", Fault::kFinishLosesFailure},
    {"usable-once", Fault::kUsableOnce},
    {"leak-released-call", Fault::kLeakReleasedCall},
    {"leak-server-call", Fault::kLeakServerCall},
    {"synchronous-loses-result", Fault::kSynchronousLosesResult},
    {"refuse-without-call-object", Fault::kRefuseWithoutCallObject},
    {"own-identity", Fault::kOwnIdentity},
    {"client-own-identity", Fault::kClientOwnIdentity},
    {"ignore-cancel", Fault::kIgnoreCancel},
    {"second-signal-fails", Fault::kSecondSignalFails},
    {"second-signal-returns-early", Fault::kSecondSignalReturnsEarly},
    {"refuse-uncancellable", Fault::kRefuseUncancellable},
    {"cancel-twice", Fault::kCancelTwice},
    {"cancel-at-once", Fault::kCancelAtOnce},
    {"server-call-not-symmetric", Fault::kServerCallNotSymmetric},
    {"client-call-not-symmetric", Fault::kClientCallNotSymmetric},
    {"test-cancel-pending", Fault::kTestCancelPending},
    {"wrong-client-blanket", Fault::kWrongClientBlanket},
    {"let-anybody-call", Fault::kLetAnybodyCall},
    {"begin-fails", Fault::kBeginFails},
    {"server-begin-fails", Fault::kServerBeginFails},
}};

}  // namespace

bool ChooseFault(std::string_view name) noexcept {
  for (const auto& [known, fault] : kFaults) {
    if (known == name) {
      chosen_fault.store(fault, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

void InstallFaults() noexcept {
  // Done once for each process, because a worker loads the addon again.
  static const bool installed = [] {
    InstallFaultyServerSecurity();
    InstallFaultyServerObject();
    InstallFaultyClientCallObject();
    InstallFaultyFunctions();
    return true;
  }();
  static_cast<void>(installed);
}

}  // namespace async_com
