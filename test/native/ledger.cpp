// Checks each promise of a Ledger on one thread. Then many threads let calls begin, end and be
// cancelled at random, in a new ledger each round, and compare the ledger with what they know. With
// BROKEN it checks a ledger that breaks a promise, to show that the program notices that.
//
//   native_ledger ROUNDS [BROKEN]
//       writes "N promises, ROUNDS rounds", or the promise that is broken and exits with code 1

#include "server/ledger.h"

#include <windows.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "com/file_time.h"
#include "com/lock.h"
#include "threads/thread_pool.h"

namespace async_com {

// The ledger calls no function of a call, so the calls of this program are of a class of its own.
class ServerCall {
 public:
  ServerCall() { ++alive; }
  ServerCall(const ServerCall&) = delete;
  ServerCall& operator=(const ServerCall&) = delete;
  ~ServerCall() {
    if (when_gone) {
      when_gone();
    }
    --alive;
  }

  static std::atomic<int> alive;

  // Set before the ledger is told of it.
  std::atomic<DWORD> client{0};
  std::function<void()> when_gone;
};

std::atomic<int> ServerCall::alive{0};

}  // namespace async_com

namespace {

using async_com::FileTime;
using async_com::Ledger;
using async_com::ObjectId;
using async_com::ServerCall;
using Admission = Ledger::Admission;
using Arrival = Ledger::Arrival;

constexpr DWORD kAtOnce = 0;
constexpr DWORD kLongest = 20'000;  // milliseconds
constexpr std::size_t kMostInProcess = async_com::ThreadPool::kMostBeginThreads;

// Of ledger.cpp, which does not promise these numbers, but a bound.
constexpr std::uint32_t kMostOvertaken = 256;
constexpr std::size_t kMostConnections = 1024;

int promises = 0;

[[noreturn]] void Fail(const char* promise) {
  std::printf("broken: %s\n", promise);
  std::fflush(stdout);
  std::_Exit(1);
}

// May be called on any thread.
void Expect(bool so, const char* promise) {
  if (!so) {
    Fail(promise);
  }
}

GUID CancelId(std::uint32_t owner, std::uint32_t number) {
  GUID id{};
  id.Data1 = owner;
  id.Data4[0] = static_cast<std::uint8_t>(number);
  id.Data4[1] = static_cast<std::uint8_t>(number >> 8);
  return id;
}

Arrival NewCall(ObjectId object, std::optional<GUID> cancel_id = std::nullopt,
                FileTime arrived_at = 0) {
  static std::atomic<std::uint64_t> last_id{0};
  return {std::make_shared<ServerCall>(), ++last_id, object, cancel_id, arrived_at};
}

// The promises of ledger.h, on one thread.
template <typename TheLedger>
class Promises {
 public:
  static void CheckAll() {
    Check(BoundsUnansweredCalls);
    Check(BoundsCallsOfProcess);
    Check(GivesPlacesBack);
    Check(FindsCancelledCalls);
    Check(RefusesOvertakenCalls);
    Check(ForgetsTheOldestOvertaken);
    Check(RefusesASecondUseOfACancelId);
    Check(KnowsConnections);
    Check(KnowsClientsOfCalls);
    Check(KnowsWhatADeadClientLeaves);
    Check(StopsOnce);
    Check(WaitsUntilIdle);
    Check(HoldsNoLockWhenItLetsGo);
  }

 private:
  static void Check(void (*promise)()) {
    promise();
    Expect(ServerCall::alive == 0, "it keeps no call that has left");
    ++promises;
  }

  static std::shared_ptr<TheLedger> Make(
      std::size_t most, std::function<void()> idle = [] {}) {
    return std::make_shared<TheLedger>(most, std::move(idle));
  }

  static void BoundsUnansweredCalls() {
    const auto ledger = Make(2);
    const ObjectId object = ledger->AddObject();
    Admission first;
    Admission second;
    Admission third;
    Expect(ledger->Admit(NewCall(object), first) == S_OK, "it admits calls below its bound");
    Expect(ledger->Admit(NewCall(object), second) == S_OK, "it admits calls up to its bound");
    Expect(ledger->Admit(NewCall(object), third) == RPC_E_SERVERCALL_RETRYLATER,
           "it refuses a call past its bound");
    Expect(ledger->Count() == 2, "a refused call does not count");
    first.Answered();
    first.Answered();
    Expect(ledger->Count() == 2, "an answered call is still in progress");
    Expect(ledger->Admit(NewCall(object), third) == S_OK, "an answered call does not bound others");
    Admission fourth;
    Expect(ledger->Admit(NewCall(object), fourth) == RPC_E_SERVERCALL_RETRYLATER,
           "a call that is answered twice counts once");
    first.Leave();
    Expect(ledger->Admit(NewCall(object), fourth) == RPC_E_SERVERCALL_RETRYLATER,
           "an answered call that leaves makes no second room");
    second.Leave();
    Expect(ledger->Admit(NewCall(object), fourth) == S_OK, "a call that leaves makes room");
  }

  static void BoundsCallsOfProcess() {
    // Twice, to see that refused calls leave no trace.
    for (int time = 0; time < 2; ++time) {
      const std::array ledgers = {Make(kMostInProcess), Make(kMostInProcess)};
      std::vector<Admission> places(kMostInProcess);
      for (std::size_t call = 0; call < kMostInProcess; ++call) {
        Expect(ledgers[call % 2]->Admit(NewCall(0), places[call]) == S_OK,
               "all ledgers together admit as many calls as a process may have");
      }
      places.front().Answered();
      Admission further;
      for (const auto& ledger : ledgers) {
        Expect(ledger->Admit(NewCall(0), further) == RPC_E_SERVERCALL_RETRYLATER,
               "no ledger admits a call past the bound of the process");
      }
      places.front().Leave();
      Expect(ledgers[1]->Admit(NewCall(0), further) == S_OK,
             "a call that leaves one ledger makes room in another");
    }
  }

  static void GivesPlacesBack() {
    const auto ledger = Make(5);
    {
      Admission place;
      Expect(ledger->Admit(NewCall(0), place) == S_OK, "it admits a call");
      Admission moved = std::move(place);
      Expect(ledger->Count() == 1, "a place can be moved");
      Admission other;
      Expect(ledger->Admit(NewCall(0), other) == S_OK, "it admits a second call");
      moved = std::move(other);
      Expect(ledger->Count() == 1, "a place that is assigned to gives its own back");
      moved.Leave();
      moved.Leave();
      moved.Answered();
      Expect(ledger->Count() == 0, "a place can be left");
      Expect(ledger->Admit(NewCall(0), moved) == S_OK, "a place can be used again");
    }
    Expect(ledger->Count() == 0, "a place that is destroyed is given back");
  }

  static void FindsCancelledCalls() {
    const auto ledger = Make(5);
    const ObjectId object = ledger->AddObject();
    const ObjectId other = ledger->AddObject();
    Arrival arrival = NewCall(object, CancelId(1, 1));
    const std::weak_ptr<ServerCall> call = arrival.call;
    Admission place;
    Expect(ledger->Admit(std::move(arrival), place) == S_OK, "it admits a call with a cancel id");
    Expect(ledger->CancelledCall(other, CancelId(1, 1)) == nullptr,
           "a cancel id is of one object alone");
    Expect(ledger->CancelledCall(object, CancelId(1, 2)) == nullptr,
           "another cancel id cancels nothing");
    Expect(ledger->CancelledCall(object, CancelId(1, 1)) == call.lock(),
           "it finds the call that its client cancels");
    place.Answered();
    Expect(ledger->CancelledCall(object, CancelId(1, 1)) == call.lock(),
           "it finds a cancelled call until the call leaves");
    place.Leave();
    Expect(ledger->CancelledCall(object, CancelId(1, 1)) == nullptr,
           "it does not find a call that has left");
  }

  static void RefusesOvertakenCalls() {
    const auto ledger = Make(1);
    const ObjectId object = ledger->AddObject();
    const ObjectId other = ledger->AddObject();
    const auto id = CancelId(1, 1);
    Expect(ledger->CancelledCall(object, id) == nullptr, "there is no call to cancel yet");
    Admission place;
    Expect(ledger->Admit(NewCall(other, id), place) == S_OK,
           "a cancellation overtakes no call to another object");
    Expect(ledger->Admit(NewCall(object, id), place) == RPC_E_CALL_CANCELED,
           "it refuses a call that its cancellation has overtaken");
    place.Leave();
    Expect(ledger->Admit(NewCall(object, id), place) == S_OK,
           "a cancellation refuses one call alone");
    place.Leave();
    Expect(ledger->CancelledCall(object, id) == nullptr, "there is no call to cancel any more");
    ledger->RemoveObject(object);
    Expect(ledger->AddObject() > other, "no object gets the id of an earlier one");
    Expect(ledger->CancelledCall(object, id) == nullptr, "an object that is gone has no calls");
  }

  static void ForgetsTheOldestOvertaken() {
    const auto ledger = Make(1);
    const ObjectId object = ledger->AddObject();
    for (std::uint32_t number = 0; number <= kMostOvertaken; ++number) {
      ledger->CancelledCall(object, CancelId(1, number));
    }
    for (std::uint32_t number = 0; number <= kMostOvertaken; ++number) {
      Admission place;
      Expect(ledger->Admit(NewCall(object, CancelId(1, number)), place) ==
                 (number == 0 ? S_OK : RPC_E_CALL_CANCELED),
             "it remembers a bounded number of cancellations, and forgets the oldest");
    }
  }

  static void RefusesASecondUseOfACancelId() {
    const auto ledger = Make(5);
    const ObjectId object = ledger->AddObject();
    const ObjectId other = ledger->AddObject();
    Admission place;
    Admission second;
    Expect(ledger->Admit(NewCall(object, CancelId(1, 1)), place) == S_OK, "it admits a call");
    Expect(ledger->Admit(NewCall(object, CancelId(1, 1)), second) == E_INVALIDARG,
           "it refuses a second call with the same cancel id");
    Expect(ledger->Count() == 1, "a call that is refused for its cancel id does not count");
    Expect(ledger->Admit(NewCall(other, CancelId(1, 1)), second) == S_OK,
           "calls to two objects may have the same cancel id");
    place.Leave();
    Expect(ledger->Admit(NewCall(object, CancelId(1, 1)), place) == S_OK,
           "a cancel id can be used again when its call has left");
  }

  static void KnowsConnections() {
    const auto ledger = Make(1);
    const ObjectId object = ledger->AddObject();
    const ObjectId other = ledger->AddObject();
    std::vector<char> connections(kMostConnections + 1);
    for (std::size_t one = 0; one < kMostConnections; ++one) {
      Expect(ledger->IsNewConnection(object, &connections[one]), "a connection is new at first");
    }
    Expect(!ledger->IsNewConnection(other + 1, &connections[0]),
           "no connection is new to an object that is gone");
    Expect(ledger->IsNewConnection(other, &connections[0]),
           "a connection is new to each object at first");
    Expect(!ledger->IsNewConnection(other, &connections[0]), "a connection is new once");
    Expect(ledger->IsNewConnection(object, &connections[kMostConnections]),
           "a connection past the bound is new");
    Expect(ledger->IsNewConnection(object, &connections[0]),
           "connections are forgotten past the bound");
    ledger->ClientDied(1);
    Expect(ledger->IsNewConnection(object, &connections[0]),
           "connections are forgotten when a client dies");
  }

  static void KnowsClientsOfCalls() {
    const auto ledger = Make(5);
    Arrival early = NewCall(0, std::nullopt, 10);
    const std::uint64_t id = early.id;
    const std::weak_ptr<ServerCall> call = early.call;
    Expect(!ledger->HasCallsWithoutClient(), "an empty ledger has no calls without a client");
    Expect(!ledger->SetClient(id, 7), "a call that is not in progress gets no client");
    Admission place;
    Admission later;
    Expect(ledger->Admit(std::move(early), place) == S_OK &&
               ledger->Admit(NewCall(0, std::nullopt, 20), later) == S_OK,
           "it admits two calls");
    const auto found = ledger->CallsWithoutClient(20);
    Expect(found.size() == 1 && found.front() == call.lock(),
           "it returns the calls that began before a time and have no client");
    Expect(ledger->SetClient(id, 7), "a call gets a client");
    Expect(!ledger->SetClient(id, 8), "a call gets one client");
    Expect(ledger->CallsWithoutClient(20).empty(), "a call with a client is not looked at");
    ledger->ForgetClient(id);
    Expect(ledger->CallsWithoutClient(20).size() == 1, "a client of a call can be forgotten");
    Expect(ledger->SetClient(id, 8), "a call gets a client again");
    Expect(ledger->HasCallsWithoutClient(), "the other call has no client");
    later.Leave();
    Expect(!ledger->HasCallsWithoutClient(), "no call is without a client");
    place.Leave();
    Expect(!ledger->SetClient(id, 8), "a call that is over gets no client");
  }

  static void KnowsWhatADeadClientLeaves() {
    constexpr DWORD kDead = 7;
    constexpr DWORD kAlive = 8;
    const auto ledger = Make(5);
    const ObjectId own = ledger->AddObject();
    const ObjectId shared = ledger->AddObject();
    const ObjectId elsewhere = ledger->AddObject();
    const ObjectId of_other = ledger->AddObject();
    for (const ObjectId object : {own, shared, elsewhere}) {
      Expect(ledger->AddClient(object, kDead), "a client uses an object");
      Expect(!ledger->AddClient(object, kDead), "a client of an object is noted once");
    }
    Expect(ledger->AddClient(shared, kAlive) && ledger->AddClient(of_other, kAlive),
           "another client uses objects");
    Expect(ledger->AddClient(elsewhere, Ledger::kElsewhere), "a client elsewhere uses an object");
    Expect(!ledger->AddClient(of_other + 1, kDead), "nobody uses an object that is gone");
    ledger->AddClient(of_other, kDead);
    ledger->RemoveClient(of_other, kDead);

    std::vector<Admission> places(4);
    std::vector<std::weak_ptr<ServerCall>> of_dead;
    for (std::size_t call = 0; call < places.size(); ++call) {
      Arrival arrival = NewCall(own);
      const std::uint64_t id = arrival.id;
      if (call < 2) {
        of_dead.emplace_back(arrival.call);
      }
      Expect(ledger->Admit(std::move(arrival), places[call]) == S_OK, "it admits a call");
      if (call < 3) {
        Expect(ledger->SetClient(id, call < 2 ? kDead : kAlive), "a call gets a client");
      }
    }
    places[1].Answered();
    {
      const auto left = ledger->ClientDied(kDead);
      Expect(left.unused == std::vector{own},
             "a client that dies leaves the objects that no other process uses");
      Expect(left.calls.size() == 2 && std::all_of(of_dead.begin(), of_dead.end(),
                                                   [&](const auto& call) {
                                                     return std::count(left.calls.begin(),
                                                                       left.calls.end(),
                                                                       call.lock()) == 1;
                                                   }),
             "a client that dies leaves its calls");
    }
    Expect(ledger->ClientDied(kDead).unused.empty(), "a client leaves its objects once");
    Expect(ledger->Count() == places.size(), "the calls of a dead client go on");
    Expect(ledger->AddClient(own, kDead), "another process can have the id of a dead one");
  }

  static void StopsOnce() {
    int idle = 0;
    const auto empty = Make(5, [&idle] { ++idle; });
    Expect(empty->WaitUntilIdle(kAtOnce) && idle == 0, "idle is not called before Stop()");
    Expect(!empty->IsStopped(), "a ledger is not stopped at first");
    Expect(empty->Stop(), "Stop() returns true the first time");
    Expect(idle == 1, "idle is called at once if no call is in progress");
    Expect(!empty->Stop(), "Stop() returns false the second time");
    Expect(empty->IsStopped() && idle == 1, "idle is called once");

    idle = 0;
    const auto ledger = Make(5, [&idle] { ++idle; });
    const ObjectId object = ledger->AddObject();
    Admission place;
    Admission other;
    Expect(ledger->Admit(NewCall(object), place) == S_OK &&
               ledger->Admit(NewCall(object), other) == S_OK,
           "it admits calls before Stop()");
    Expect(ledger->Stop(), "Stop() does not wait for calls in progress");
    Admission late;
    Expect(ledger->Admit(NewCall(object), late) == CO_E_SERVER_STOPPING,
           "it refuses calls after Stop()");
    Expect(ledger->Calls().size() == 2, "calls go on after Stop()");
    place.Leave();
    other.Answered();
    Expect(idle == 0, "idle is not called while a call is in progress");
    other.Leave();
    Expect(idle == 1, "idle is called when the last call has left after Stop()");
  }

  static void WaitsUntilIdle() {
    const auto ledger = Make(5);
    Admission place;
    Expect(ledger->Admit(NewCall(0), place) == S_OK, "it admits a call");
    place.Answered();
    Expect(!ledger->WaitUntilIdle(kAtOnce) && !ledger->WaitUntilIdle(1),
           "WaitUntilIdle() returns false while a call is in progress");
    std::thread leaving([&place] { place.Leave(); });
    Expect(ledger->WaitUntilIdle(kLongest), "WaitUntilIdle() waits for the last call");
    leaving.join();
  }

  // If the ledger held its lock, these would wait for ever.
  static void HoldsNoLockWhenItLetsGo() {
    int told = 0;
    std::weak_ptr<TheLedger> itself;
    const auto ask = [&told, &itself] {
      if (const auto ledger = itself.lock()) {
        told += ledger->Count() == 0 ? 1 : 0;
      }
    };
    const auto ledger = Make(5, ask);
    itself = ledger;
    Arrival arrival = NewCall(0);
    arrival.call->when_gone = ask;
    Admission place;
    Expect(ledger->Admit(std::move(arrival), place) == S_OK, "it admits a call");
    ledger->Stop();
    place.Leave();
    Expect(told == 2, "it calls idle and releases a call without its lock");
  }
};

constexpr std::uint32_t kThreads = 4;
constexpr int kStepsARound = 200;
constexpr std::size_t kMostUnanswered = 6;
constexpr DWORD kProcesses = 3;

// What the threads of a round know together.
template <typename TheLedger>
struct Round {
  Round()
      : ledger(std::make_shared<TheLedger>(kMostUnanswered, [this] {
          Expect(ledger->IsStopped() && ledger->Count() == 0,
                 "idle is called after Stop() when no call is in progress");
          ++idle;
        })) {
    for (ObjectId& object : objects) {
      object = ledger->AddObject();
    }
  }

  std::atomic<int> idle{0};
  // Each call is counted here for a shorter time than in the ledger.
  std::atomic<std::size_t> unanswered{0};
  std::atomic<int> stopped{0};
  // The cancel ids that each thread has used for its own object.
  std::array<std::atomic<std::uint32_t>, kThreads> numbers{};
  std::array<ObjectId, kThreads> objects{};
  std::shared_ptr<TheLedger> ledger;
};

// One of the threads. It owns an object, the calls to it, and their places.
template <typename TheLedger>
class Actor {
 public:
  Actor(Round<TheLedger>& round, std::uint32_t self, std::uint32_t seed)
      : round_(round), ledger_(*round.ledger), self_(self), random_(seed) {}

  void Play() {
    for (int step = 0; step < kStepsARound; ++step) {
      switch (Random(9)) {
        case 0:
        case 1:
        case 2:
          Begin(false);
          break;
        case 3:
          Begin(true);
          break;
        case 4:
          Answer();
          break;
        case 5:
          Leave();
          break;
        case 6:
          CancelAnother();
          break;
        case 7:
          LetAProcessDie();
          break;
        default:
          Look();
      }
    }
    // The threads stop at different times. Those that still run meet a ledger that is stopped.
    round_.stopped += ledger_.Stop() ? 1 : 0;
    while (!calls_.empty()) {
      Leave();
    }
  }

 private:
  struct Call {
    Admission place;
    std::weak_ptr<ServerCall> call;
    GUID cancel_id{};
    bool answered = false;
  };

  std::uint32_t Random(std::uint32_t below) {
    return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random_);
  }

  void Begin(bool overtaken) {
    const ObjectId object = round_.objects[self_];
    const GUID cancel_id = CancelId(self_, ++round_.numbers[self_]);
    if (overtaken) {
      Expect(ledger_.CancelledCall(object, cancel_id) == nullptr, "no call has that cancel id yet");
    }
    Arrival arrival = NewCall(object, cancel_id);
    const std::uint64_t id = arrival.id;
    const std::weak_ptr<ServerCall> call = arrival.call;
    arrival.call->client = 1 + Random(kProcesses);
    const DWORD client = arrival.call->client;
    const bool was_stopped = ledger_.IsStopped();
    Admission place;
    const HRESULT admitted = ledger_.Admit(std::move(arrival), place);
    Expect(call.expired() == (admitted != S_OK),
           "it keeps the calls that it has admitted, and no others");
    switch (admitted) {
      case S_OK:
        Expect(++round_.unanswered <= kMostUnanswered, "it refuses calls past its bound");
        Expect(!was_stopped && round_.idle == 0, "it refuses calls after Stop()");
        Expect(!overtaken, "it refuses a call that its cancellation has overtaken");
        if (Random(2) == 0) {
          Expect(ledger_.SetClient(id, client), "a call in progress gets a client");
        }
        ledger_.AddClient(object, client);
        calls_.push_back({std::move(place), call, cancel_id});
        break;
      case CO_E_SERVER_STOPPING:
        Expect(ledger_.IsStopped(), "it refuses calls as stopping only after Stop()");
        break;
      case RPC_E_CALL_CANCELED:
        // Another thread may have cancelled the id when its number was known.
        break;
      case RPC_E_SERVERCALL_RETRYLATER:
        break;
      default:
        Fail("it refuses a call for no reason");
    }
  }

  void Answer() {
    if (calls_.empty()) {
      return;
    }
    Answer(calls_[Random(static_cast<std::uint32_t>(calls_.size()))]);
  }

  void Answer(Call& call) {
    if (!std::exchange(call.answered, true)) {
      --round_.unanswered;
    }
    call.place.Answered();
  }

  void Leave() {
    if (calls_.empty()) {
      return;
    }
    const auto one = calls_.begin() + Random(static_cast<std::uint32_t>(calls_.size()));
    Call call = std::move(*one);
    calls_.erase(one);
    Expect(ledger_.CancelledCall(round_.objects[self_], call.cancel_id) == call.call.lock(),
           "it finds a call in progress by its cancel id");
    Expect(round_.idle == 0, "idle is not called while a call is in progress");
    if (!call.answered) {
      --round_.unanswered;
    }
    call.place.Leave();
  }

  void CancelAnother() {
    const std::uint32_t other = Random(kThreads);
    const std::uint32_t number = round_.numbers[other];
    ledger_.CancelledCall(round_.objects[other], CancelId(other, number));
  }

  void LetAProcessDie() {
    const DWORD process = 1 + Random(kProcesses);
    const auto left = ledger_.ClientDied(process);
    for (const auto& call : left.calls) {
      Expect(call->client == process, "a client that dies leaves no calls of other clients");
    }
    for (const ObjectId object : left.unused) {
      Expect(std::count(round_.objects.begin(), round_.objects.end(), object) == 1,
             "a client that dies leaves objects of the ledger");
    }
  }

  void Look() {
    ledger_.CallsWithoutClient(1);
    const std::size_t own = calls_.size();
    Expect(ledger_.Calls().size() >= own && ledger_.Count() >= own,
           "it counts each call that is in progress");
    Expect(own == 0 || !ledger_.WaitUntilIdle(kAtOnce),
           "it is not idle while a call is in progress");
    std::ignore = ledger_.IsNewConnection(round_.objects[self_], this);
  }

  Round<TheLedger>& round_;
  TheLedger& ledger_;
  const std::uint32_t self_;
  std::mt19937 random_;
  std::vector<Call> calls_;
};

template <typename TheLedger>
void Play(std::uint32_t seed) {
  Round<TheLedger> round;
  std::vector<std::thread> threads;
  for (std::uint32_t self = 0; self < kThreads; ++self) {
    threads.emplace_back(
        [&round, self, seed] { Actor<TheLedger>(round, self, seed * kThreads + self).Play(); });
  }
  // Waits at the same time as the threads leave.
  Expect(round.ledger->WaitUntilIdle(kLongest), "WaitUntilIdle() waits for the last call");
  for (auto& thread : threads) {
    thread.join();
  }
  Expect(round.stopped == 1, "Stop() returns true to one caller");
  Expect(round.idle == 1, "idle is called once");
  Expect(round.ledger->WaitUntilIdle(kAtOnce), "it is idle when every call has left");
  Expect(round.ledger->Count() == 0 && round.unanswered == 0, "no call counts that has left");
  Expect(ServerCall::alive == 0, "it keeps no call that has left");
}

template <typename TheLedger>
void CheckAndPlay(int rounds) {
  Promises<TheLedger>::CheckAll();
  for (int round = 0; round < rounds; ++round) {
    Play<TheLedger>(static_cast<std::uint32_t>(round));
  }
  // If a round had kept a place of the process, there would be no room for as many calls now.
  Promises<TheLedger>::CheckAll();
}

// Ledgers that break a promise. The program must notice each of them.

struct AdmitsOneMore : Ledger {
  AdmitsOneMore(std::size_t most, std::function<void()> idle) : Ledger(most + 1, std::move(idle)) {}
};

struct KeepsPlaces : Ledger {
  using Ledger::Ledger;
  HRESULT Admit(Arrival arrival, Admission& admission) {
    const HRESULT admitted = Ledger::Admit(std::move(arrival), kept_.emplace_back());
    admission = Admission();
    return admitted;
  }

 private:
  std::vector<Admission> kept_;
};

struct ForgetsCancellations : Ledger {
  using Ledger::Ledger;
  std::shared_ptr<ServerCall> CancelledCall(ObjectId object, const GUID& cancel_id) {
    auto call = Ledger::CancelledCall(object, cancel_id);
    if (call == nullptr) {
      // Uses up what the ledger remembers.
      Admission refused;
      Ledger::Admit(NewCall(object, cancel_id), refused);
    }
    return call;
  }
};

struct SparesCallsOfTheDead : Ledger {
  using Ledger::Ledger;
  Left ClientDied(DWORD process) { return {{}, Ledger::ClientDied(process).unused}; }
};

struct ForgetsClientsElsewhere : Ledger {
  using Ledger::Ledger;
  bool AddClient(ObjectId object, DWORD process) {
    return process == kElsewhere || Ledger::AddClient(object, process);
  }
};

struct AdmitsAfterStop : Ledger {
  using Ledger::Ledger;
  bool Stop() { return !std::exchange(told_, true); }

 private:
  bool told_ = false;
};

struct IdlesTwice : Ledger {
  IdlesTwice(std::size_t most, const std::function<void()>& idle)
      : Ledger(most, [idle] {
          idle();
          idle();
        }) {}
};

// It breaks its promise only to threads that call Stop at the same time.
struct StopsTwice : Ledger {
  using Ledger::Ledger;
  bool Stop() {
    if (IsStopped()) {
      return false;
    }
    SwitchToThread();
    Ledger::Stop();
    return true;
  }
};

// These two keep every promise that the program checks. The sanitizers must notice them.

struct CountsWithoutLock : Ledger {
  using Ledger::Ledger;
  HRESULT Admit(Arrival arrival, Admission& admission) {
    ++admitted_;
    return Ledger::Admit(std::move(arrival), admission);
  }

 private:
  int admitted_ = 0;
};

struct UsesCallsThatLeft : Ledger {
  using Ledger::Ledger;
  HRESULT Admit(Arrival arrival, Admission& admission) {
    const std::lock_guard lock(own_mutex_);
    ServerCall* const call = arrival.call.get();
    const HRESULT admitted = Ledger::Admit(std::move(arrival), admission);
    if (last_ != nullptr && last_->client == kProcesses + 1) {
      return E_INVALIDARG;
    }
    last_ = call;
    return admitted;
  }

 private:
  async_com::Lock own_mutex_;
  ServerCall* last_ = nullptr;
};

void CheckAndPlayBroken(std::string_view broken, int rounds) {
  if (broken == "admits-one-more") {
    CheckAndPlay<AdmitsOneMore>(rounds);
  } else if (broken == "keeps-places") {
    CheckAndPlay<KeepsPlaces>(rounds);
  } else if (broken == "forgets-cancellations") {
    CheckAndPlay<ForgetsCancellations>(rounds);
  } else if (broken == "spares-calls-of-the-dead") {
    CheckAndPlay<SparesCallsOfTheDead>(rounds);
  } else if (broken == "forgets-clients-elsewhere") {
    CheckAndPlay<ForgetsClientsElsewhere>(rounds);
  } else if (broken == "admits-after-stop") {
    CheckAndPlay<AdmitsAfterStop>(rounds);
  } else if (broken == "idles-twice") {
    CheckAndPlay<IdlesTwice>(rounds);
  } else if (broken == "stops-twice") {
    CheckAndPlay<StopsTwice>(rounds);
  } else if (broken == "counts-without-lock") {
    CheckAndPlay<CountsWithoutLock>(rounds);
  } else if (broken == "uses-calls-that-left") {
    CheckAndPlay<UsesCallsThatLeft>(rounds);
  } else {
    Fail("the program knows such a ledger");
  }
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 0;
  if (count > 2) {
    CheckAndPlayBroken(arguments[2], rounds);
  } else {
    CheckAndPlay<Ledger>(rounds);
  }
  std::printf("%d promises, %d rounds\n", promises / 2, rounds);
  return 0;
}
