// Watches child processes, and asks whether the watch takes one process for another that had its id
// before.
//
//   native_client_watch     writes one line for each promise: "kept PROMISE" or "broken PROMISE"

#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "com/file_time.h"
#include "com/handle.h"
#include "com/lock.h"
#include "com/process_start.h"
#include "server/client_watch.h"
#include "server/server.h"
#include "threads/thread_pool.h"

namespace {

using async_com::ClientState;
using async_com::FileTime;
using async_com::FileTimeNow;
using async_com::UniqueHandle;
using async_com::WatchClient;

constexpr std::string_view kChild = "child";
constexpr int kWorkers = 8;  // ThreadPool::Worker
constexpr DWORD kLongestWait = 10'000;

void Require(bool done, const char* what) {
  if (!done) {
    std::printf("%s failed with %lu\n", what, GetLastError());
    std::exit(2);
  }
}

void Report(bool kept, const char* promise) {
  std::printf("%s %s\n", kept ? "kept" : "broken", promise);
}

class NoHandler final : public async_com::CallHandler {
 public:
  bool Arrived(std::shared_ptr<async_com::ServerCall>) noexcept override { return false; }
  void Cancelled(std::shared_ptr<async_com::ServerCall>) noexcept override {}
  void Idle() noexcept override {}
  void Unused() noexcept override {}
};

std::shared_ptr<async_com::Server> MakeServer() {
  return async_com::Server::Create(CLSID{}, 1, false, std::make_shared<NoHandler>());
}

// This program once more. It waits until it is ended.
class Child {
 public:
  Child() {
    wchar_t file[MAX_PATH] = {};
    Require(GetModuleFileNameW(nullptr, file, MAX_PATH) != 0, "GetModuleFileName");
    std::wstring command = L"\"" + std::wstring(file) + L"\" child";
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    Require(CreateProcessW(file, command.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr,
                           &startup, &process),
            "CreateProcess");
    CloseHandle(process.hThread);
    process_.Reset(process.hProcess);
    id_ = process.dwProcessId;
  }

  DWORD Id() const { return id_; }
  FileTime Start() const { return async_com::StartOfProcess(process_.Get()); }

  // Ends the process and gives up the handle to it.
  void End() {
    Require(TerminateProcess(process_.Get(), 1), "TerminateProcess");
    Require(WaitForSingleObject(process_.Get(), kLongestWait) == WAIT_OBJECT_0,
            "WaitForSingleObject");
    process_.Reset();
  }

 private:
  UniqueHandle process_;
  DWORD id_ = 0;
};

// Whether a new process can get the id.
bool IsFree(DWORD id) {
  return !UniqueHandle(OpenProcess(SYNCHRONIZE, FALSE, id)) &&
         GetLastError() == ERROR_INVALID_PARAMETER;
}

bool BecomesFree(DWORD id, DWORD milliseconds) {
  for (const ULONGLONG until = GetTickCount64() + milliseconds; GetTickCount64() < until;) {
    if (IsFree(id)) {
      return true;
    }
    Sleep(10);
  }
  return false;
}

// Keeps every worker thread busy while it lives.
class BusyWorkers {
 public:
  BusyWorkers() {
    for (int worker = 0; worker < kWorkers; ++worker) {
      async_com::ThreadPool::Worker().Run(async_com::MakeTask([this] {
        std::unique_lock lock(mutex_);
        ++busy_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return free_; });
        --busy_;
        changed_.notify_all();
      }));
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return busy_ == kWorkers; });
  }
  BusyWorkers(const BusyWorkers&) = delete;
  BusyWorkers& operator=(const BusyWorkers&) = delete;
  ~BusyWorkers() {
    std::unique_lock lock(mutex_);
    free_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  async_com::Lock mutex_;
  async_com::Condition changed_;
  int busy_ = 0;
  bool free_ = false;
};

void DoNotTakeALaterProcessForTheClient() {
  Child child;
  const auto server = MakeServer();
  const FileTime before = child.Start() - 1;
  Report(WatchClient(child.Id(), server, before) == ClientState::kGone,
         "an id that is used again, not watched before");
  Report(WatchClient(child.Id(), server, FileTimeNow()) == ClientState::kAlive,
         "a process that is alive");
  Report(WatchClient(child.Id(), server, before) == ClientState::kGone,
         "an id that is used again, watched already");
  child.End();
  Report(BecomesFree(child.Id(), kLongestWait), "the id of a process that has ended becomes free");
  Report(WatchClient(child.Id(), server, FileTimeNow()) == ClientState::kGone,
         "a process that has ended");
}

void KeepTheIdUntilTheServersAreTold() {
  Child child;
  const auto server = MakeServer();
  Require(WatchClient(child.Id(), server, FileTimeNow()) == ClientState::kAlive, "WatchClient");
  {
    const BusyWorkers busy;
    child.End();
    // Far longer than it takes to notice the end.
    Report(!BecomesFree(child.Id(), 1'000), "no process has the id before the servers are told");
  }
  Report(BecomesFree(child.Id(), kLongestWait), "the id becomes free when the servers are told");
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && arguments[1] == kChild) {
    Sleep(INFINITE);
  }
  DoNotTakeALaterProcessForTheClient();
  KeepTheIdUntilTheServersAreTold();
  std::fflush(stdout);
  // The pool's threads are still there.
  TerminateProcess(GetCurrentProcess(), 0);
}
