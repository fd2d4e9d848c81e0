#pragma once

namespace async_com {

// Where an incoming call is in its life: how far Begin_ is, and how far its answer is. The two go
// on independently of each other, each in the order below. Whoever has the call guards this with
// the call's lock.
//
// Begin_ waits where JavaScript has the call before Begin_ runs, which is over the bridge: until
// something needs a thread for it, or until the answer is there.
class CallState {
 public:
  enum class Begin { kWaiting, kStarting, kRunning, kReturned };
  enum class Answer { kOpen, kStaged, kRequested, kSignalling, kSignalled };

  explicit CallState(Begin begin) noexcept : begin_(begin) {}

  Begin GetBegin() const noexcept { return begin_; }
  Answer GetAnswer() const noexcept { return answer_; }

  // Whoever gets true starts Begin_, and nobody else does.
  bool StartBegin() noexcept { return Step(begin_, Begin::kWaiting, Begin::kStarting); }
  // Takes that back: it could not be started.
  void UndoStartBegin() noexcept { Step(begin_, Begin::kStarting, Begin::kWaiting); }
  void RunBegin() noexcept { begin_ = Begin::kRunning; }
  // True where the call is over by that.
  bool EndBegin() noexcept {
    begin_ = Begin::kReturned;
    return IsOver();
  }

  // False where an answer is staged already: the first one stands.
  bool Stage() noexcept { return Step(answer_, Answer::kOpen, Answer::kStaged); }
  // Whoever gets true sees to it that the call is signalled.
  bool RequestSignal() noexcept { return Step(answer_, Answer::kStaged, Answer::kRequested); }
  // Whoever gets true signals.
  bool StartSignal() noexcept {
    if (answer_ >= Answer::kSignalling) {
      return false;
    }
    answer_ = Answer::kSignalling;
    return true;
  }
  // True where the call is over by that.
  bool EndSignal() noexcept {
    answer_ = Answer::kSignalled;
    return IsOver();
  }

 private:
  template <typename Part>
  static bool Step(Part& part, Part from, Part to) noexcept {
    if (part != from) {
      return false;
    }
    part = to;
    return true;
  }

  bool IsOver() const noexcept {
    return begin_ == Begin::kReturned && answer_ == Answer::kSignalled;
  }

  Begin begin_;
  Answer answer_ = Answer::kOpen;
};

}  // namespace async_com
