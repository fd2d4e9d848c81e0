#include "testing/double/behaviour.h"

#include <array>
#include <atomic>
#include <utility>

namespace async_com {

namespace {

std::atomic<Behaviour> chosen{Behaviour::kUsual};

// "none" repairs the faults, too (fault.h).
constexpr std::array<std::pair<std::string_view, Behaviour>, 34> kBehaviours{{
    {"none", Behaviour::kUsual},
    {"double: create for AsyncIMethodCall", Behaviour::kCreateForAsync},
    {"double: create for ISynchronize", Behaviour::kCreateForSynchronize},
    {"double: starts signalled", Behaviour::kStartsSignalled},
    {"double: cannot reset", Behaviour::kCannotReset},
    {"double: thread ends", Behaviour::kThreadEnds},
    {"double: removes token late", Behaviour::kRemovesTokenLate},
    {"double: no call handle", Behaviour::kNoCallHandle},
    {"double: Finish_ after failed Begin_", Behaviour::kFinishAfterFailedBegin},
    {"double: Signal after failed Begin_", Behaviour::kSignalAfterFailedBegin},
    {"double: Signal fails", Behaviour::kSignalFails},
    {"double: drops result", Behaviour::kDropsResult},
    {"double: impersonating per call", Behaviour::kImpersonatingPerCall},
    {"double: refuses with E_FAIL", Behaviour::kRefusesWithFail},
    {"double: impersonates nothing", Behaviour::kImpersonatesNothing},
    {"double: no rundown", Behaviour::kNoRundown},
    {"double: grants anonymous", Behaviour::kGrantsAnonymous},
    {"double: grants identify", Behaviour::kGrantsIdentify},
    {"double: grants impersonate", Behaviour::kGrantsImpersonate},
    {"double: grants delegate", Behaviour::kGrantsDelegate},
    {"double: grants nothing", Behaviour::kGrantsNothing},
    {"double: never asynchronous", Behaviour::kNeverAsynchronous},
    {"double: no ISynchronize", Behaviour::kNoSynchronize},
    {"double: no fallback", Behaviour::kNoFallback},
    {"double: asks for IMethodCall", Behaviour::kAsksForSynchronous},
    {"double: no call context", Behaviour::kNoCallContext},
    {"double: frees [in] data early", Behaviour::kFreesInDataEarly},
    {"double: Reset completes", Behaviour::kResetCompletes},
    {"double: never completes", Behaviour::kNeverCompletes},
    {"double: drops token at Signal", Behaviour::kDropsTokenAtSignal},
    {"double: reverts nothing", Behaviour::kRevertsNothing},
    {"double: keeps token", Behaviour::kKeepsToken},
    {"double: Signal on Begin_'s thread only", Behaviour::kSignalOnBeginThread},
    {"double: keeps call object", Behaviour::kKeepsCallObject},
}};

}  // namespace

Behaviour ChosenBehaviour() noexcept { return chosen.load(std::memory_order_relaxed); }

bool ChooseBehaviour(std::string_view name) noexcept {
  for (const auto& [known, behaviour] : kBehaviours) {
    if (known == name) {
      chosen.store(behaviour, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

}  // namespace async_com
