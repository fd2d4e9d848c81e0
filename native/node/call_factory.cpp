#include "node/call_factory.h"

#include <utility>

#include "call/call_factory_probe.h"
#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/outcome.h"

namespace async_com {

Napi::Value ProbeCallFactoryFromJs(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([promised = std::move(promised)]() mutable {
    promised.Settle(OutcomeOf("ICallFactory", [] {
      CallFactoryProbe probe = ProbeCallFactory();
      Outcome outcome = Outcome::Here(S_OK, "ICallFactory");
      outcome.value = [probe = std::move(probe)](Napi::Env env) {
        auto object = Napi::Object::New(env);
        for (const auto& [name, hresult] : probe.results) {
          object.Set(name, HResultToJs(env, hresult));
        }
        object.Set("serverAggregates", Napi::Boolean::New(env, probe.server_aggregates));
        object.Set("clientAggregates", Napi::Boolean::New(env, probe.client_aggregates));
        return object;
      };
      return outcome;
    }));
  }));
  return promise;
}

}  // namespace async_com
