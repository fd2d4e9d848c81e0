#include "node/js_queue.h"

#include <exception>
#include <new>
#include <tuple>
#include <utility>

namespace async_com {

std::shared_ptr<JsQueue> JsQueue::Create(Napi::Env env) {
  auto queue = std::make_shared<JsQueue>();
  queue->env_ = env;
  // The reference that Node-API holds. Finalize releases it, because Drain may be called until
  // then.
  auto context = std::make_unique<std::shared_ptr<JsQueue>>(queue);
  const napi_status status =
      napi_create_threadsafe_function(env, nullptr, nullptr, Napi::String::New(env, "async-com"), 0,
                                      1, nullptr, Finalize, context.get(), Drain, &queue->wake_);
  NAPI_THROW_IF_FAILED(env, status, nullptr);
  std::ignore = context.release();
  napi_unref_threadsafe_function(env, queue->wake_);
  return queue;
}

void JsQueue::Finalize(napi_env, void*, void* context) {
  const std::unique_ptr<std::shared_ptr<JsQueue>> owner(
      static_cast<std::shared_ptr<JsQueue>*>(context));
  (*owner)->Close();
}

bool JsQueue::Post(std::unique_ptr<JsTask>& task) noexcept {
  const std::lock_guard lock(mutex_);
  if (wake_ == nullptr) {
    return false;
  }
  try {
    tasks_.push_back(std::move(task));
  } catch (const std::bad_alloc&) {
    return false;
  }
  if (!std::exchange(woken_, true)) {
    napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
  }
  return true;
}

void JsQueue::Drain(napi_env env, napi_value, void* context, void*) {
  // If the environment ended before the wake-up, Finalize has run and `context` no longer exists.
  if (env == nullptr) {
    return;
  }
  // Keeps the queue alive, because the last task may end the environment.
  const std::shared_ptr<JsQueue> queue = *static_cast<std::shared_ptr<JsQueue>*>(context);
  std::vector<std::unique_ptr<JsTask>> tasks;
  {
    const std::lock_guard lock(queue->mutex_);
    tasks.swap(queue->tasks_);
    queue->woken_ = false;
  }
  for (auto& task : tasks) {
    const Napi::HandleScope scope(env);
    try {
      task->Run(env);
    } catch (const Napi::Error& error) {
      napi_fatal_exception(env, error.Value());
    } catch (const std::exception& error) {
      napi_fatal_exception(env, Napi::Error::New(env, error.what()).Value());
    }
    task.reset();
  }
}

void JsQueue::Hold() {
  if (holds_++ == 0 && wake_ != nullptr) {
    napi_ref_threadsafe_function(env_, wake_);
  }
}

void JsQueue::LetGo() {
  if (--holds_ == 0 && wake_ != nullptr) {
    napi_unref_threadsafe_function(env_, wake_);
  }
}

void JsQueue::Close() noexcept {
  std::vector<std::unique_ptr<JsTask>> tasks;
  napi_threadsafe_function wake = nullptr;
  {
    const std::lock_guard lock(mutex_);
    wake = std::exchange(wake_, nullptr);
    tasks.swap(tasks_);
  }
  for (const auto& task : tasks) {
    task->Abandon();
  }
  if (wake != nullptr) {
    napi_release_threadsafe_function(wake, napi_tsfn_abort);
  }
}

}  // namespace async_com
