#pragma once

#include <napi.h>

#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"

namespace async_com {

// A task for the JavaScript thread. At most one of Run and Abandon is called, once. Neither is
// called if the process ends in the middle of its tasks.
class JsTask {
 public:
  virtual ~JsTask() = default;
  virtual void Run(Napi::Env env) = 0;
  // Called on any thread if the environment ended before. Must not use JavaScript.
  virtual void Abandon() noexcept {}
};

// The queue of tasks for an environment's JavaScript thread. All other threads reach JavaScript
// through it. The thread is woken once, however many tasks are posted before it gets to them. The
// event loop stays alive while something holds the queue. AddonData and those who post to it share
// it.
class JsQueue : public std::enable_shared_from_this<JsQueue> {
 public:
  // Must be called on the JavaScript thread.
  static std::shared_ptr<JsQueue> Create(Napi::Env env);
  JsQueue() = default;
  JsQueue(const JsQueue&) = delete;
  JsQueue& operator=(const JsQueue&) = delete;

  // Any thread may call it. Returns false if the environment is ending or memory has run out. The
  // caller then still has the task, and neither of its functions is called.
  [[nodiscard]] bool Post(std::unique_ptr<JsTask>& task) noexcept;

  // Called on the JavaScript thread, in pairs. The event loop stays alive in between.
  void Hold();
  void LetGo();

  // Called on the JavaScript thread when the environment ends. Abandons the tasks that have not
  // run. No task runs any more.
  void Close() noexcept;

 private:
  static void Drain(napi_env env, napi_value callback, void* context, void* data);
  static void Finalize(napi_env env, void* data, void* context);

  Napi::Env env_{nullptr};
  unsigned holds_ = 0;
  Lock mutex_;
  napi_threadsafe_function wake_ = nullptr;
  bool woken_ = false;
  std::vector<std::unique_ptr<JsTask>> tasks_;
};

}  // namespace async_com
