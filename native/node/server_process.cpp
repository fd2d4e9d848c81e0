#include "node/server_process.h"

#include <windows.h>

#include <objbase.h>

#include <utility>

#include "call/thread_pool.h"
#include "com/server_process.h"
#include "node/addon_data.h"
#include "node/outcome.h"

namespace async_com {

Napi::Value ResumeClassObjectsFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([promised = std::move(promised)]() mutable {
    promised.Settle(Outcome::Here(CoResumeClassObjects(), "CoResumeClassObjects"));
  }));
  return promise;
}

Napi::Value SuspendIfUnusedFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([promised = std::move(promised)]() mutable {
    const bool unused = ServerProcess::OfProcess().SuspendIfUnused();
    Outcome outcome = Outcome::Here(S_OK, "CoReleaseServerProcess");
    outcome.value = [unused](Napi::Env env) { return Napi::Boolean::New(env, unused); };
    promised.Settle(std::move(outcome));
  }));
  return promise;
}

Napi::Value CloseIfUnusedFromJs(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), ServerProcess::OfProcess().CloseIfUnused());
}

}  // namespace async_com
