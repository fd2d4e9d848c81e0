#include "testing/double_client_state.h"

#include <map>
#include <thread>
#include <utility>

#include "com/apartment.h"

namespace async_com {

namespace {

constexpr int kThreads = 3;

// Never destroyed, because the threads of the doubles use it while the process exits.
struct Doubles {
  Lock mutex;
  std::map<std::string, std::shared_ptr<DoubleClientState>> states;

  static Doubles& OfProcess() {
    static auto& doubles = *new Doubles;
    return doubles;
  }
};

}  // namespace

std::shared_ptr<DoubleClientState> DoubleClientState::Named(const std::string& name,
                                                            const DoubleClientOptions& options) {
  Doubles& all = Doubles::OfProcess();
  const std::lock_guard lock(all.mutex);
  auto& state = all.states[name];
  if (state == nullptr) {
    state = std::make_shared<DoubleClientState>(options);
    for (int count = 0; count < kThreads; ++count) {
      std::thread([state] { state->Work(); }).detach();
    }
  }
  return state;
}

std::shared_ptr<DoubleClientState> DoubleClientState::Find(const std::string& name) {
  Doubles& all = Doubles::OfProcess();
  const std::lock_guard lock(all.mutex);
  const auto found = all.states.find(name);
  return found == all.states.end() ? nullptr : found->second;
}

DoubleClientState::DoubleClientState(const DoubleClientOptions& options) : options_(options) {}

void DoubleClientState::Work() noexcept {
  const MultithreadedApartment apartment;
  for (;;) {
    std::function<void()> body;
    {
      std::unique_lock lock(mutex_);
      posted_.wait(lock, [this] { return !work_.empty(); });
      body = std::move(work_.front());
      work_.pop_front();
    }
    body();
  }
}

void DoubleClientState::Post(std::function<void()> body) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(body));
  }
  posted_.notify_one();
}

void DoubleClientState::Hold(std::function<void()> body) {
  const std::lock_guard lock(mutex_);
  held_.push_back(std::move(body));
}

void DoubleClientState::LetGo() {
  std::vector<std::function<void()>> held;
  {
    const std::lock_guard lock(mutex_);
    held.swap(held_);
  }
  for (auto& body : held) {
    Post(std::move(body));
  }
}

bool DoubleClientState::CallObjectMade(bool aggregated) {
  const std::lock_guard lock(mutex_);
  if (counts_.created >= options_.call_objects) {
    return false;
  }
  ++counts_.created;
  ++counts_.objects;
  counts_.aggregated += aggregated ? 1 : 0;
  return true;
}

void DoubleClientState::CallObjectGone() noexcept {
  const std::lock_guard lock(mutex_);
  --counts_.objects;
}

void DoubleClientState::Begun() {
  const std::lock_guard lock(mutex_);
  ++counts_.begun;
}

void DoubleClientState::Finished() {
  const std::lock_guard lock(mutex_);
  ++counts_.finished;
}

void DoubleClientState::CalledSynchronously() {
  const std::lock_guard lock(mutex_);
  ++counts_.synchronous;
}

void DoubleClientState::Cancelled() {
  const std::lock_guard lock(mutex_);
  ++counts_.cancelled;
}

void DoubleClientState::Wrong(const char* what) {
  const std::lock_guard lock(mutex_);
  wrong_.emplace(what);
}

DoubleClientCounts DoubleClientState::Counts() {
  const std::lock_guard lock(mutex_);
  DoubleClientCounts counts = counts_;
  counts.held = held_.size();
  counts.wrong.assign(wrong_.begin(), wrong_.end());
  return counts;
}

}  // namespace async_com
