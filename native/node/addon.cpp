#include "node/addon.h"

#include <windows.h>

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>

#include "com/account.h"
#include "com/hresult_names.h"
#include "com/module.h"
#include "com/ref_count.h"
#include "com/wine.h"
#include "node/addon_data.h"
#include "node/client_call.h"
#include "node/connection.h"
#include "node/helper_thread.h"
#include "node/object_class.h"
#include "node/outcome.h"
#include "node/probes.h"
#include "node/process_security.h"
#include "node/registry.h"
#include "node/remote_object.h"
#include "node/server.h"
#include "node/server_call.h"
#include "node/server_process.h"
#include "node/shared_state.h"
#include "node/token.h"
#include "node/type_library.h"
#include "node/utf16.h"
#include "node/value_functions.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

Napi::Value CurrentThreadId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), GetCurrentThreadId());
}

// Returns how many ticks QueryPerformanceCounter counts in a second, to read the times in outcomes.
Napi::Value TicksPerSecond(const Napi::CallbackInfo& info) {
  LARGE_INTEGER frequency{};
  QueryPerformanceFrequency(&frequency);
  return Napi::BigInt::New(info.Env(), static_cast<std::int64_t>(frequency.QuadPart));
}

// Returns Wine's version, or null on Windows.
Napi::Value WineVersionToJs(const Napi::CallbackInfo& info) {
  const char* const version = WineVersion();
  return version == nullptr ? info.Env().Null() : Napi::String::New(info.Env(), version);
}

// Returns the path of this addon. The files that belong to it are in the same folder.
Napi::Value AddonPath(const Napi::CallbackInfo& info) {
  return WideToJs(info.Env(), PathOfAddon());
}

// Returns how many COM objects of async-com exist in this process.
Napi::Value ComObjects(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), RefCount::Objects());
}

// shutdown(processEnds)
void Shutdown(const Napi::CallbackInfo& info) {
  AddonData& addon = AddonData::Of(info.Env());
  addon.process_ends = info[0].ToBoolean();
  addon.Shutdown();
}

// For an environment that ends without notice to JavaScript, such as a terminated worker.
void EnvironmentEnds(AddonData* addon) {
  addon->Shutdown();
  addon->queue->Close();
}

}  // namespace

Napi::Object InitAddon(Napi::Env env, Napi::Object exports) {
  KeepAddonInMemory();
  // The first call must be made on a thread that is not impersonating, as this one.
  std::ignore = AccountOfThisProcess();
  auto owned = std::make_unique<AddonData>(env);
  AddonData* const addon = owned.get();
  env.SetInstanceData(owned.release());
  env.AddCleanupHook(EnvironmentEnds, addon);

  addon->server_call_class = Napi::Persistent(NodeServerCall::Define(env));
  addon->helper_thread_class = Napi::Persistent(NodeHelperThread::Define(env));
  addon->token_class = Napi::Persistent(NodeToken::Define(env));
  addon->connection_class = Napi::Persistent(NodeConnection::Define(env));
  addon->remote_object_class = Napi::Persistent(NodeRemoteObject::Define(env));
  addon->client_call_class = Napi::Persistent(NodeClientCall::Define(env));

  exports.Set("ObjectClass", NodeObjectClass::Define(env));
  exports.Set("Server", NodeServer::Define(env));
  exports.Set("connect", Napi::Function::New<NodeConnection::Connect>(env, "connect"));
  exports.Set("createObject", Napi::Function::New<NodeRemoteObject::Create>(env, "createObject"));
  exports.Set("threadToken", Napi::Function::New<ThreadTokenFromJs>(env, "threadToken"));
  exports.Set("processToken", Napi::Function::New<ProcessTokenFromJs>(env, "processToken"));
  exports.Set("duplicateProcessToken",
              Napi::Function::New<DuplicateProcessTokenFromJs>(env, "duplicateProcessToken"));
  exports.Set("initializeSecurity",
              Napi::Function::New<InitializeSecurityFromJs>(env, "initializeSecurity"));
  exports.Set("processSecurity",
              Napi::Function::New<ProcessSecurityFromJs>(env, "processSecurity"));
  exports.Set("currentThreadId", Napi::Function::New<CurrentThreadId>(env, "currentThreadId"));
  exports.Set("ticksPerSecond", Napi::Function::New<TicksPerSecond>(env, "ticksPerSecond"));
  exports.Set("wineVersion", Napi::Function::New<WineVersionToJs>(env, "wineVersion"));
  exports.Set("probeCallFactory",
              Napi::Function::New<ProbeCallFactoryFromJs>(env, "probeCallFactory"));
  exports.Set("probeCallObjectBlanket",
              Napi::Function::New<ProbeCallObjectBlanketFromJs>(env, "probeCallObjectBlanket"));
  exports.Set("mostCallsInProgress",
              Napi::Number::New(env, static_cast<double>(ThreadPool::kMostBeginThreads)));
  exports.Set("comObjects", Napi::Function::New<ComObjects>(env, "comObjects"));
  exports.Set("addonPath", Napi::Function::New<AddonPath>(env, "addonPath"));
  exports.Set("readRegistryKey",
              Napi::Function::New<ReadRegistryKeyFromJs>(env, "readRegistryKey"));
  exports.Set("writeRegistryValue",
              Napi::Function::New<WriteRegistryValueFromJs>(env, "writeRegistryValue"));
  exports.Set("deleteRegistryValue",
              Napi::Function::New<DeleteRegistryValueFromJs>(env, "deleteRegistryValue"));
  exports.Set("deleteEmptyRegistryKey",
              Napi::Function::New<DeleteEmptyRegistryKeyFromJs>(env, "deleteEmptyRegistryKey"));
  exports.Set("writeTypeLibrary",
              Napi::Function::New<WriteTypeLibraryFromJs>(env, "writeTypeLibrary"));
  exports.Set("readTypeLibrary",
              Napi::Function::New<ReadTypeLibraryFromJs>(env, "readTypeLibrary"));
  exports.Set("withNamedMutex", Napi::Function::New<WithNamedMutexFromJs>(env, "withNamedMutex"));
  exports.Set("processStart", Napi::Function::New<ProcessStartFromJs>(env, "processStart"));
  exports.Set("resumeClassObjects",
              Napi::Function::New<ResumeClassObjectsFromJs>(env, "resumeClassObjects"));
  exports.Set("suspendIfUnused",
              Napi::Function::New<SuspendIfUnusedFromJs>(env, "suspendIfUnused"));
  exports.Set("closeIfUnused", Napi::Function::New<CloseIfUnusedFromJs>(env, "closeIfUnused"));
  exports.Set("useValueFunctions",
              Napi::Function::New<UseValueFunctions>(env, "useValueFunctions"));
  exports.Set("shutdown", Napi::Function::New<Shutdown>(env, "shutdown"));
  return exports;
}

}  // namespace async_com
