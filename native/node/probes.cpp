#include "node/probes.h"

#include "node/blanket.h"
#include "node/connection.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "probes/call_factory.h"
#include "probes/call_object_blanket.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

Napi::Value CallFactoryProbeToJs(Napi::Env env, const CallFactoryProbe& probe) {
  auto object = Napi::Object::New(env);
  for (const auto& [name, hresult] : probe.results) {
    object.Set(name, HResultToJs(env, hresult));
  }
  object.Set("serverAggregates", Napi::Boolean::New(env, probe.server_aggregates));
  object.Set("clientAggregates", Napi::Boolean::New(env, probe.client_aggregates));
  return object;
}

Napi::Value CallObjectBlanketsToJs(Napi::Env env, const CallObjectBlankets& seen) {
  auto object = Napi::Object::New(env);
  object.Set("before", BlanketToJs(env, seen.before));
  object.Set("after", BlanketToJs(env, seen.after));
  object.Set("proxyAfter", BlanketToJs(env, seen.proxy_after));
  return object;
}

}  // namespace

Napi::Value ProbeCallFactoryFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICallFactory";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(kOperation, ProbeCallFactory(), CallFactoryProbeToJs);
  });
}

Napi::Value ProbeCallObjectBlanketFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICallFactory::CreateCall";
  const auto connection = NodeConnection::Unwrap(info[0].As<Napi::Object>())->Get();
  if (connection == nullptr) {
    return Settled(info.Env(), Outcome::Here(CO_E_OBJNOTCONNECTED, kOperation));
  }
  return RunOnPool(info.Env(), ThreadPool::Client(), kOperation,
                   [connection, blanket = BlanketOptionsFromJs(info[1])] {
                     return Outcome::WithValue(
                         kOperation,
                         TryBlanketOnCallObject(connection->NextUse().object.Get(), blanket),
                         CallObjectBlanketsToJs);
                   });
}

}  // namespace async_com
