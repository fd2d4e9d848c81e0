#pragma once

namespace async_com {

// The state of an incoming call: how far Begin_ is, and how far the answer is. The two go on
// independently, each in the order below. A ServerCall owns it, and guards it with the call's lock.
//
// Over the bridge JavaScript has the call before Begin_ runs. Then Begin_ waits until something
// needs a thread for it, or until the call is completed.
class CallState {
 public:
  enum class Begin { kWaiting, kStarting, kRunning, kReturned };
  enum class Answer { kOpen, kStaged, kRequested, kSignalling, kSignalled };

  explicit CallState(Begin begin) noexcept : begin_(begin) {}

  Begin GetBegin() const noexcept { return begin_; }
  Answer GetAnswer() const noexcept { return answer_; }

  // Returns true to one caller only. That caller must start Begin_.
  bool StartBegin() noexcept { return Step(begin_, Begin::kWaiting, Begin::kStarting); }
  // Undoes StartBegin, if Begin_ could not be started.
  void UndoStartBegin() noexcept { Step(begin_, Begin::kStarting, Begin::kWaiting); }
  void RunBegin() noexcept { begin_ = Begin::kRunning; }
  // Returns true if the call is over now.
  bool EndBegin() noexcept {
    begin_ = Begin::kReturned;
    return IsOver();
  }

  // Returns false if an answer is already staged. The first answer is the one that counts.
  bool Stage() noexcept { return Step(answer_, Answer::kOpen, Answer::kStaged); }
  // Returns true to one caller only. That caller must make sure that the call is signalled.
  bool RequestSignal() noexcept { return Step(answer_, Answer::kStaged, Answer::kRequested); }
  // Returns true to one caller only. That caller must signal.
  bool StartSignal() noexcept {
    if (answer_ >= Answer::kSignalling) {
      return false;
    }
    answer_ = Answer::kSignalling;
    return true;
  }
  // Returns true if the call is over now.
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
