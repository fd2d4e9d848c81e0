// Closes one gate after another while two threads enter and leave it. If a Close never returns, the
// Signal of a call never completes. So the program ends itself if a round takes too long.
//
//   native_gate ROUNDS      writes "ROUNDS rounds", or "stuck in round N" and exits with code 1

#include <windows.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>

#include "com/lock.h"
#include "security/gate.h"

namespace {

using async_com::Condition;
using async_com::Gate;
using async_com::Lock;

constexpr int kThreads = 2;
constexpr int kEntriesARound = 3;
constexpr DWORD kLongestRound = 10'000;  // milliseconds

// Hands one gate after another to the threads.
class Rounds {
 public:
  void Start(std::shared_ptr<Gate> gate) {
    {
      const std::lock_guard lock(mutex_);
      gate_ = std::move(gate);
      ++round_;
      busy_ = kThreads;
    }
    changed_.notify_all();
  }

  // Returns the gate of the round after `last`, or null if there are no more rounds.
  std::shared_ptr<Gate> Next(int& last) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return round_ != last; });
    last = round_;
    return gate_;
  }

  void Done() {
    {
      const std::lock_guard lock(mutex_);
      --busy_;
    }
    changed_.notify_all();
  }

  void WaitUntilDone() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  Lock mutex_;
  Condition changed_;
  std::shared_ptr<Gate> gate_;
  int round_ = 0;
  int busy_ = 0;
};

void GoInAndOut(Rounds& rounds) {
  int round = 0;
  while (const std::shared_ptr<Gate> gate = rounds.Next(round)) {
    for (int count = 0; count < kEntriesARound; ++count) {
      const Gate::Entry entry(*gate);
      SwitchToThread();
    }
    rounds.Done();
  }
}

[[noreturn]] void EndIfStuck(const std::atomic<int>& round) {
  for (int last = -1;;) {
    const int now = round.load();
    if (now == last) {
      std::printf("stuck in round %d\n", now);
      std::fflush(stdout);
      TerminateProcess(GetCurrentProcess(), 1);
    }
    last = now;
    Sleep(kLongestRound);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const int most = count > 1 ? std::atoi(arguments[1]) : 0;
  std::atomic<int> round{0};
  std::thread([&round] { EndIfStuck(round); }).detach();
  Rounds rounds;
  std::array<std::thread, kThreads> threads;
  for (auto& thread : threads) {
    thread = std::thread([&rounds] { GoInAndOut(rounds); });
  }
  for (; round < most; ++round) {
    const auto gate = std::make_shared<Gate>();
    rounds.Start(gate);
    gate->Close();
    rounds.WaitUntilDone();
  }
  rounds.Start(nullptr);
  for (auto& thread : threads) {
    thread.join();
  }
  std::printf("%d rounds\n", most);
  std::fflush(stdout);
  // The thread that watches the rounds runs until the process ends.
  ExitProcess(0);
}
