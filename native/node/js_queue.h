#pragma once

#include <napi.h>

#include <memory>
#include <mutex>
#include <vector>

#include "com/lock.h"

namespace async_com {

// Work for the JavaScript thread. At most one of Run and Abandon is called, once; neither where the
// process ends in the middle of its tasks.
class JsTask {
 public:
  virtual ~JsTask() = default;
  virtual void Run(Napi::Env env) = 0;
  // The environment ended before. Any thread; must not touch JavaScript.
  virtual void Abandon() noexcept {}
};

// The one way in to an environment's JavaScript thread. However many tasks are posted before it
// gets to them, it is woken once. The event loop goes on while something holds the queue.
class JsQueue : public std::enable_shared_from_this<JsQueue> {
 public:
  // JavaScript thread.
  static std::shared_ptr<JsQueue> Create(Napi::Env env);
  JsQueue() = default;
  JsQueue(const JsQueue&) = delete;
  JsQueue& operator=(const JsQueue&) = delete;

  // Any thread. False once the environment is ending; the caller then still has the task, and
  // neither of its functions is called.
  [[nodiscard]] bool Post(std::unique_ptr<JsTask>& task) noexcept;

  // JavaScript thread, in pairs: the event loop stays alive in between.
  void Hold();
  void LetGo();

  // JavaScript thread, as the environment ends: nothing runs any more.
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
