#include <napi.h>

#include <windows.h>

#include <cstdint>
#include <memory>
#include <string>

#include "call/fault.h"
#include "com/hresult_names.h"
#include "node/addon_data.h"
#include "node/call.h"
#include "node/connection.h"
#include "node/helper_thread.h"
#include "node/outcome.h"
#include "node/server.h"
#include "node/token.h"

namespace async_com {

namespace {

Napi::Value NameOfHResult(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), HResultName(info[0].As<Napi::Number>().Int32Value()));
}

Napi::Value HResultOfName(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const auto hresult = HResultFromName(name);
  return hresult ? HResultToJs(info.Env(), *hresult) : info.Env().Null();
}

Napi::Value CurrentThreadId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), GetCurrentThreadId());
}

// QueryPerformanceCounter's ticks a second, for reading the times that outcomes carry.
Napi::Value TicksPerSecond(const Napi::CallbackInfo& info) {
  LARGE_INTEGER frequency{};
  QueryPerformanceFrequency(&frequency);
  return Napi::BigInt::New(info.Env(), static_cast<std::int64_t>(frequency.QuadPart));
}

void SetFault(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  if (!ChooseFault(name)) {
    throw Napi::TypeError::New(info.Env(), "no such fault: " + name);
  }
}

void Shutdown(const Napi::CallbackInfo& info) { AddonData::Of(info.Env()).Shutdown(); }

// Where Node gives no notice to JavaScript: a terminated worker.
void EnvironmentEnds(AddonData* addon) {
  addon->Shutdown();
  addon->queue->Close();
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto owned = std::make_unique<AddonData>(env);
  AddonData* const addon = owned.get();
  env.SetInstanceData(owned.release());
  env.AddCleanupHook(EnvironmentEnds, addon);

  addon->call_class = Napi::Persistent(NodeCall::Define(env));
  addon->thread_class = Napi::Persistent(NodeHelperThread::Define(env));
  addon->token_class = Napi::Persistent(NodeToken::Define(env));
  addon->connection_class = Napi::Persistent(NodeConnection::Define(env));

  exports.Set("Server", NodeServer::Define(env));
  exports.Set("connect", Napi::Function::New<NodeConnection::Connect>(env, "connect"));
  exports.Set("threadToken", Napi::Function::New<ThreadTokenFromJs>(env, "threadToken"));
  exports.Set("processToken", Napi::Function::New<ProcessTokenFromJs>(env, "processToken"));
  exports.Set("hresultName", Napi::Function::New<NameOfHResult>(env, "hresultName"));
  exports.Set("hresultOfName", Napi::Function::New<HResultOfName>(env, "hresultOfName"));
  exports.Set("currentThreadId", Napi::Function::New<CurrentThreadId>(env, "currentThreadId"));
  exports.Set("ticksPerSecond", Napi::Function::New<TicksPerSecond>(env, "ticksPerSecond"));
  exports.Set("shutdown", Napi::Function::New<Shutdown>(env, "shutdown"));
  if constexpr (kFaultBuild) {
    exports.Set("setFault", Napi::Function::New<SetFault>(env, "setFault"));
  }
  return exports;
}

NODE_API_MODULE(async_com, Init)

}  // namespace

}  // namespace async_com
