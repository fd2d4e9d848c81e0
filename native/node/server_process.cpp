#include "node/server_process.h"

#include <windows.h>

#include <objbase.h>

#include <utility>

#include "node/outcome.h"
#include "node/promised.h"
#include "server/server_process.h"
#include "threads/thread_pool.h"

namespace async_com {

Napi::Value ResumeClassObjectsFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoResumeClassObjects";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation,
                   [] { return Outcome::Here(CoResumeClassObjects(), kOperation); });
}

Napi::Value SuspendIfUnusedFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoReleaseServerProcess";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(kOperation, ServerProcess::OfProcess().SuspendIfUnused(),
                              BooleanToJs);
  });
}

Napi::Value CloseIfUnusedFromJs(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), ServerProcess::OfProcess().CloseIfUnused());
}

}  // namespace async_com
