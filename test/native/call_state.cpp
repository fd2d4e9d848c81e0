// Walks through every order in which the events of an incoming call can come, and compares what
// CallState answers with what it promises. With BROKEN it walks through a state machine that breaks
// a promise, to show that the walk notices that.
//
//   native_call_state [BROKEN]      writes "N orders", or what is wrong and exits with code 1

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "server/call_state.h"

namespace {

using async_com::CallState;
using Begin = CallState::Begin;
using Answer = CallState::Answer;

enum Event : std::size_t {
  kStartBegin,
  kBeginDidNotStart,
  kBeginRuns,
  kBeginReturned,
  kStage,
  kRequestSignal,
  kStartSignal,
  kSignalled,
  kEvents,
};

// How often each event may come in one order. An event that must succeed only once may come a
// second time.
constexpr std::array<int, kEvents> kMost = {2, 1, 1, 1, 2, 2, 2, 1};

// What the callers know of the state, by what it answered and what they have done.
struct Known {
  bool may_be_started = true;
  bool starting = false;
  bool running = false;
  bool returned = false;
  bool staged = false;
  bool requested = false;
  bool signalling = false;
  bool signalled = false;
  int over = 0;
  std::array<int, kEvents> times{};
};

[[noreturn]] void Fail(const char* what) {
  std::printf("%s\n", what);
  std::fflush(stdout);
  std::exit(1);
}

template <typename State>
class Walk {
 public:
  // Walks through all orders of a call. If `begin` is kWaiting, JavaScript has the call before
  // Begin_ runs.
  static std::uint64_t All(Begin begin) {
    Walk walk(begin);
    walk.GoOn(State(begin), Known{.may_be_started = begin == Begin::kWaiting,
                                  .starting = begin == Begin::kStarting});
    return walk.orders_;
  }

 private:
  explicit Walk(Begin begin) noexcept : can_be_lent_(begin == Begin::kWaiting) {}

  void GoOn(const State& state, const Known& known) {
    bool last = true;
    for (std::size_t event = 0; event < kEvents; ++event) {
      if (!May(static_cast<Event>(event), known)) {
        continue;
      }
      last = false;
      State next = state;
      Known then = known;
      ++then.times[event];
      Happens(static_cast<Event>(event), next, then);
      Compare(static_cast<Event>(event), state, next, then);
      GoOn(next, then);
    }
    if (last) {
      ++orders_;
      if (known.over != 1) {
        Fail("an order ends, and the call was not over exactly once");
      }
    }
  }

  bool May(Event event, const Known& known) const {
    if (event == kStartBegin && known.may_be_started) {
      return true;
    }
    if (known.times[event] >= kMost[event]) {
      return false;
    }
    switch (event) {
      case kBeginDidNotStart:
        return can_be_lent_ && known.starting;
      case kBeginRuns:
        return known.starting;
      case kBeginReturned:
        // Begin_ counts as returned also if it could not run on its thread.
        return known.starting || known.running;
      case kSignalled:
        return known.signalling;
      default:
        return true;
    }
  }

  static void Happens(Event event, State& state, Known& known) {
    switch (event) {
      case kStartBegin:
        Expect(state.StartBegin() == known.may_be_started,
               "StartBegin() does not return true to exactly one caller");
        known.starting = known.starting || known.may_be_started;
        known.may_be_started = false;
        break;
      case kBeginDidNotStart:
        state.UndoStartBegin();
        known.starting = false;
        known.may_be_started = true;
        break;
      case kBeginRuns:
        state.RunBegin();
        known.starting = false;
        known.running = true;
        break;
      case kBeginReturned:
        known.starting = known.running = false;
        known.returned = true;
        IsOver(state.EndBegin(), known);
        break;
      case kStage: {
        const bool first = !known.staged && !known.signalling && !known.signalled;
        Expect(state.Stage() == first, "Stage() does not return true for the first answer alone");
        known.staged = known.staged || first;
        break;
      }
      case kRequestSignal: {
        const bool first =
            known.staged && !known.requested && !known.signalling && !known.signalled;
        Expect(state.RequestSignal() == first,
               "RequestSignal() does not return true to exactly one caller");
        known.requested = known.requested || first;
        break;
      }
      case kStartSignal: {
        const bool first = !known.signalling && !known.signalled;
        Expect(state.StartSignal() == first,
               "StartSignal() does not return true to exactly one caller");
        known.signalling = known.signalling || first;
        break;
      }
      case kSignalled:
        known.signalling = false;
        known.signalled = true;
        IsOver(state.EndSignal(), known);
        break;
      default:
        std::abort();
    }
  }

  static void IsOver(bool told, Known& known) {
    Expect(told == (known.returned && known.signalled),
           "the call is not over exactly when Begin_ has returned and it is signalled");
    known.over += told ? 1 : 0;
  }

  static void Compare(Event event, const State& before, const State& after, const Known& known) {
    Expect(after.GetAnswer() >= before.GetAnswer(), "the answer goes back to an earlier step");
    Expect(event == kBeginDidNotStart || after.GetBegin() >= before.GetBegin(),
           "Begin_ goes back to an earlier step");
    Expect(after.GetBegin() == BeginOf(known), "GetBegin() does not match the events");
    Expect(after.GetAnswer() == AnswerOf(known), "GetAnswer() does not match the events");
  }

  static Begin BeginOf(const Known& known) {
    if (known.returned) {
      return Begin::kReturned;
    }
    if (known.running) {
      return Begin::kRunning;
    }
    return known.starting ? Begin::kStarting : Begin::kWaiting;
  }

  static Answer AnswerOf(const Known& known) {
    if (known.signalled) {
      return Answer::kSignalled;
    }
    if (known.signalling) {
      return Answer::kSignalling;
    }
    if (known.requested) {
      return Answer::kRequested;
    }
    return known.staged ? Answer::kStaged : Answer::kOpen;
  }

  static void Expect(bool so, const char* otherwise) {
    if (!so) {
      Fail(otherwise);
    }
  }

  const bool can_be_lent_;
  std::uint64_t orders_ = 0;
};

template <typename State>
std::uint64_t WalkAll() {
  return Walk<State>::All(Begin::kWaiting) + Walk<State>::All(Begin::kStarting);
}

// State machines that break a promise. The walk must notice each of them.

struct StartsTwice : CallState {
  using CallState::CallState;
  bool StartBegin() noexcept { return CallState::StartBegin() || GetBegin() == Begin::kStarting; }
};

struct SignalsTwice : CallState {
  using CallState::CallState;
  bool StartSignal() noexcept {
    return CallState::StartSignal() || GetAnswer() == Answer::kSignalling;
  }
};

struct OverWhenBeginReturns : CallState {
  using CallState::CallState;
  bool EndBegin() noexcept {
    CallState::EndBegin();
    return true;
  }
};

struct NeverOver : CallState {
  using CallState::CallState;
  bool EndSignal() noexcept {
    CallState::EndSignal();
    return false;
  }
};

struct ForgetsAnswer : CallState {
  using CallState::CallState;
  void RunBegin() noexcept {
    static_cast<CallState&>(*this) = CallState(Begin::kStarting);
    CallState::RunBegin();
  }
};

std::uint64_t WalkAllOf(std::string_view broken) {
  if (broken == "starts-twice") {
    return WalkAll<StartsTwice>();
  }
  if (broken == "signals-twice") {
    return WalkAll<SignalsTwice>();
  }
  if (broken == "over-when-begin-returns") {
    return WalkAll<OverWhenBeginReturns>();
  }
  if (broken == "never-over") {
    return WalkAll<NeverOver>();
  }
  if (broken == "forgets-answer") {
    return WalkAll<ForgetsAnswer>();
  }
  Fail("unknown state machine");
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t orders = count > 1 ? WalkAllOf(arguments[1]) : WalkAll<CallState>();
  std::printf("%llu orders\n", static_cast<unsigned long long>(orders));
  return 0;
}
