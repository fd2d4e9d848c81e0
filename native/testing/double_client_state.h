#pragma once

#include <windows.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "com/lock.h"

namespace async_com {

// What the double of COM does at the client. Each member is one way in which the call objects of
// Windows differ, are not documented, or can fail.
struct DoubleClientOptions {
  // Whether CreateCall accepts a controlling unknown.
  bool aggregates = true;
  // Whether an aggregated call object has an ISynchronize of its own, behind its non-delegating
  // IUnknown.
  bool inner_synchronize = true;
  bool synchronize_handle = true;  // whether it has ISynchronizeHandle
  bool client_security = true;     // whether it has IClientSecurity
  // Whether ISynchronize::Wait succeeds before the first Begin_.
  bool set_at_first = false;
  // Whether Cancel completes the call on its own thread, before it returns.
  bool cancel_completes_inside = true;
  // False for a control: a call completes only when LetGo is called, even if it was cancelled.
  bool signals = true;
  // After how many call objects CreateCall fails with E_NOINTERFACE. 0: always.
  std::size_t call_objects = static_cast<std::size_t>(-1);
  HRESULT cancel = S_OK;                    // what Cancel returns when it has cancelled a call
  HRESULT cancelled = RPC_E_CALL_CANCELED;  // what Finish_ returns then
  HRESULT begin = S_OK;                     // what Begin_ returns
  HRESULT reset = S_OK;   // what the call object's own ISynchronize::Reset returns
  HRESULT signal = S_OK;  // what the call object's own ISynchronize::Signal returns
};

// What a double is asked afterwards.
struct DoubleClientCounts {
  std::size_t created = 0;         // call objects
  std::size_t aggregated = 0;      // call objects under a controlling unknown
  std::size_t objects = 0;         // call objects that exist
  std::size_t held = 0;            // calls that wait for LetGo
  std::size_t begun = 0;           // calls by Begin_
  std::size_t finished = 0;        // calls by Finish_
  std::size_t synchronous = 0;     // calls by the synchronous method
  std::size_t cancelled = 0;       // calls that Cancel completed
  std::vector<std::string> wrong;  // what the client did that COM does not allow
};

// What the proxies and call objects of one double share. It completes calls on a few threads of its
// own, without RPC. Any thread may use it.
class DoubleClientState : public std::enable_shared_from_this<DoubleClientState> {
 public:
  // Returns the double with that name. The first caller makes it, with the options.
  static std::shared_ptr<DoubleClientState> Named(const std::string& name,
                                                  const DoubleClientOptions& options);
  // Returns null if there is none.
  static std::shared_ptr<DoubleClientState> Find(const std::string& name);

  explicit DoubleClientState(const DoubleClientOptions& options);
  DoubleClientState(const DoubleClientState&) = delete;
  DoubleClientState& operator=(const DoubleClientState&) = delete;

  const DoubleClientOptions& Options() const noexcept { return options_; }

  // Runs `body` on a thread of the double.
  void Post(std::function<void()> body);
  // Runs `body` when LetGo is called.
  void Hold(std::function<void()> body);
  void LetGo();

  // Returns false if CreateCall must fail.
  bool CallObjectMade(bool aggregated);
  void CallObjectGone() noexcept;
  void Begun();
  void Finished();
  void CalledSynchronously();
  void Cancelled();
  void Wrong(const char* what);

  DoubleClientCounts Counts();

 private:
  void Work() noexcept;

  const DoubleClientOptions options_;
  Lock mutex_;
  Condition posted_;
  std::deque<std::function<void()>> work_;
  std::vector<std::function<void()>> held_;
  DoubleClientCounts counts_;
  std::set<std::string> wrong_;
};

}  // namespace async_com
