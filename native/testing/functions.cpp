#include "testing/functions.h"

#include <windows.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "node/blanket.h"
#include "node/connection.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "testing/apartment_call.h"
#include "testing/call_factory_class.h"
#include "testing/call_object_reuse.h"
#include "testing/double/behaviour.h"
#include "testing/double/observed.h"
#include "testing/double/server_double.h"
#include "testing/double_client_functions.h"
#include "testing/exception_watch.h"
#include "testing/fault.h"
#include "testing/identity_server_security.h"
#include "testing/object_reference.h"
#include "testing/process_resources.h"
#include "testing/recording_proxy.h"
#include "testing/rpc_notification_functions.h"
#include "testing/suspended_process.h"
#include "testing/values_with_object.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

void SetFault(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const bool is_fault = ChooseFault(name);
  if (!ChooseBehaviour(name) && !is_fault) {
    throw Napi::TypeError::New(info.Env(), "unknown fault: " + name);
  }
}

// resourcesOf(processId): returns { handles, threads, bytes }.
Napi::Value ResourcesOf(const Napi::CallbackInfo& info) {
  const ProcessResources resources = MeasureProcess(info[0].As<Napi::Number>().Uint32Value());
  auto object = Napi::Object::New(info.Env());
  object.Set("handles", Napi::Number::New(info.Env(), resources.handles));
  object.Set("threads", Napi::Number::New(info.Env(), resources.threads));
  object.Set("bytes", Napi::Number::New(info.Env(), static_cast<double>(resources.bytes)));
  return object;
}

// threadIdsOf(processId): returns the ids of the threads of a process.
Napi::Value ThreadIdsOf(const Napi::CallbackInfo& info) {
  const std::vector<DWORD> ids = ThreadsOfProcess(info[0].As<Napi::Number>().Uint32Value());
  auto array = Napi::Array::New(info.Env(), ids.size());
  for (std::uint32_t index = 0; index < ids.size(); ++index) {
    array.Set(index, Napi::Number::New(info.Env(), ids[index]));
  }
  return array;
}

// watchExceptions(): see WatchExceptions.
void WatchExceptionsFromJs(const Napi::CallbackInfo&) { WatchExceptions(); }

// exceptionsSeen(): returns an object with a number for each place.
Napi::Value ExceptionsSeenToJs(const Napi::CallbackInfo& info) {
  auto object = Napi::Object::New(info.Env());
  for (const auto& [where, count] : ExceptionsSeen()) {
    object.Set(where, Napi::Number::New(info.Env(), count));
  }
  return object;
}

// leakHandles(count): leaks handles on purpose, as a control for resourcesOf.
void LeakHandles(const Napi::CallbackInfo& info) {
  const std::uint32_t count = info[0].As<Napi::Number>().Uint32Value();
  for (std::uint32_t leaked = 0; leaked < count; ++leaked) {
    CreateEventW(nullptr, TRUE, FALSE, nullptr);
  }
}

// fillsFreedMemory(): see FillsFreedMemory.
Napi::Value FillsFreedMemoryToJs(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), FillsFreedMemory());
}

void SuspendProcessFromJs(const Napi::CallbackInfo& info) {
  SuspendProcess(info[0].As<Napi::Number>().Uint32Value());
}

void ResumeProcessFromJs(const Napi::CallbackInfo& info) {
  ResumeProcess(info[0].As<Napi::Number>().Uint32Value());
}

Napi::Value BytesToJs(Napi::Env env, const std::string& bytes) {
  return Napi::Buffer<char>::Copy(env, bytes.data(), bytes.size());
}

// referenceTo(clsid): returns a promise of the bytes of a reference to an object of the class.
Napi::Value ReferenceTo(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoMarshalInterface";
  return RunOnPool(info.Env(), ThreadPool::Client(), kOperation, [clsid = WideFromJs(info[0])] {
    return Outcome::WithValue(kOperation, MarshalReference(clsid), BytesToJs);
  });
}

// referenceOf(connection): returns a promise of the bytes of a reference to the connection's
// object.
Napi::Value ReferenceOf(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoMarshalInterface";
  return RunOnPool(info.Env(), ThreadPool::Client(), kOperation,
                   [connection = NodeConnection::Unwrap(info[0].As<Napi::Object>())->Get()] {
                     return Outcome::WithValue(kOperation, MarshalConnection(*connection),
                                               BytesToJs);
                   });
}

// connectTo(bytes): returns a promise of a connection.
Napi::Value ConnectTo(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoUnmarshalInterface";
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  return RunOnPool(info.Env(), ThreadPool::Client(), kOperation,
                   [bytes = std::string(buffer.Data(), buffer.Length())] {
                     return Outcome::WithValue(kOperation, UnmarshalReference(bytes),
                                               NodeConnection::New);
                   });
}

// reuseServerCall(): returns a promise of what Wait returned after the first call, and during and
// after the second.
Napi::Value ReuseServerCall(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ISynchronize::Wait";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(
        kOperation, ReuseServerCallObject(), [](Napi::Env env, const CallObjectReuse& seen) {
          auto object = Napi::Object::New(env);
          object.Set("afterFirst", HResultToJs(env, seen.wait_after_first));
          object.Set("duringSecond", HResultToJs(env, seen.wait_during_second));
          object.Set("afterSecond", HResultToJs(env, seen.wait_after_second));
          return object;
        });
  });
}

// blanketWithIdentity(): returns a promise of the blanket: see QueryBlanketWithIdentity.
Napi::Value BlanketWithIdentity(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IServerSecurity::QueryBlanket";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(kOperation, QueryBlanketWithIdentity(), BlanketToJs);
  });
}

// finishServerCall(): returns a promise of what Finish_ returned.
Napi::Value FinishServerCall(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "Finish_Call";
  return RunOnPool(info.Env(), ThreadPool::Client(), kOperation, [] {
    return Outcome::WithValue(
        kOperation, FinishServerCallObject(), [](Napi::Env env, const CallObjectFinish& seen) {
          auto object = Napi::Object::New(env);
          object.Set("waited", Napi::Boolean::New(env, seen.waited));
          object.Set("finished", HResultToJs(env, seen.finished));
          object.Set("refusedBegin", HResultToJs(env, seen.refused_begin));
          object.Set("finishAfterThat", HResultToJs(env, seen.finish_after_that));
          object.Set("finishAgain", HResultToJs(env, seen.finish_again));
          return object;
        });
  });
}

// createServerCallByInterface(): returns a promise of what CreateCall gave.
Napi::Value CreateServerCallByInterfaceToJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICallFactory::CreateCall";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(
        kOperation, CreateServerCallByInterface(),
        [](Napi::Env env, const CallObjectByInterface& seen) {
          auto object = Napi::Object::New(env);
          object.Set("created", HResultToJs(env, seen.created));
          object.Set("countsControllingUnknown",
                     Napi::Boolean::New(env, seen.counts_controlling_unknown));
          object.Set("objectsLeft", Napi::Number::New(env, seen.objects_left));
          return object;
        });
  });
}

// doubleOfCom(): returns the side on which a double of COM stands, or null.
Napi::Value DoubleOfCom(const Napi::CallbackInfo& info) {
  return HasServerDouble() ? Napi::Value(Napi::String::New(info.Env(), "server"))
                           : info.Env().Null();
}

// observedByDouble(): returns what the double of COM has done and seen.
Napi::Value ObservedByDoubleToJs(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Observed observed = ObservedByDouble();
  auto object = Napi::Object::New(env);
  for (const auto& [name, number] :
       {std::pair("asynchronous", observed.asynchronous),
        std::pair("synchronous", observed.synchronous),
        std::pair("failedBegins", observed.failed_begins), std::pair("finishes", observed.finishes),
        std::pair("signals", observed.signals),
        std::pair("signalsInBegin", observed.signals_in_begin),
        std::pair("resets", observed.resets),
        std::pair("controllingUnknowns", observed.controlling_unknowns)}) {
    object.Set(name, Napi::Number::New(env, number));
  }
  auto complaints = Napi::Array::New(env, observed.complaints.size());
  for (std::uint32_t index = 0; index < observed.complaints.size(); ++index) {
    complaints.Set(index, Napi::String::New(env, observed.complaints[index]));
  }
  object.Set("complaints", complaints);
  return object;
}

// callAcrossApartments(): returns a promise of an object with the result of each step.
Napi::Value CallAcrossApartmentsFromJs(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICallFactory::CreateCall";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [] {
    return Outcome::WithValue(kOperation, CallAcrossApartments(),
                              [](Napi::Env env, const auto& steps) {
                                auto object = Napi::Object::New(env);
                                for (const auto& [name, result] : steps) {
                                  object.Set(name, HResultToJs(env, result));
                                }
                                return object;
                              });
  });
}

// releasedOn(): see ThreadOfLastRelease.
Napi::Value ReleasedOn(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), ThreadOfLastRelease());
}

// connectToRecorder(): returns a connection to a recording proxy.
Napi::Value ConnectToRecorder(const Napi::CallbackInfo& info) {
  return NodeConnection::New(info.Env(), std::make_shared<Connection>(MakeRecordingProxy()));
}

// connectToFactory({ asynchronous, synchronize, cancel }): returns a connection to a recording
// proxy whose call objects have these interfaces.
Napi::Value ConnectToFactory(const Napi::CallbackInfo& info) {
  const auto has = info[0].As<Napi::Object>();
  CallObjectInterfaces interfaces;
  interfaces.asynchronous = has.Get("asynchronous").ToBoolean();
  interfaces.synchronize = has.Get("synchronize").ToBoolean();
  interfaces.cancel = has.Get("cancel").ToBoolean();
  return NodeConnection::New(
      info.Env(), std::make_shared<Connection>(MakeRecordingProxyWithFactory(interfaces)));
}

// offerCallFactory(clsid): see OfferCallFactory.
Napi::Value OfferCallFactory(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoRegisterClassObject";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [clsid = WideFromJs(info[0])] {
    async_com::OfferCallFactory(clsid);
    return Outcome::Here(S_OK, kOperation);
  });
}

}  // namespace

void AddTestFunctions(Napi::Env env, Napi::Object exports) {
  AddDoubleClientFunctions(env, exports);
  AddRpcNotificationFunctions(env, exports);
  exports.Set("setFault", Napi::Function::New<SetFault>(env, "setFault"));
  exports.Set("resourcesOf", Napi::Function::New<ResourcesOf>(env, "resourcesOf"));
  exports.Set("threadIdsOf", Napi::Function::New<ThreadIdsOf>(env, "threadIdsOf"));
  exports.Set("watchExceptions",
              Napi::Function::New<WatchExceptionsFromJs>(env, "watchExceptions"));
  exports.Set("exceptionsSeen", Napi::Function::New<ExceptionsSeenToJs>(env, "exceptionsSeen"));
  exports.Set("leakHandles", Napi::Function::New<LeakHandles>(env, "leakHandles"));
  exports.Set("fillsFreedMemory",
              Napi::Function::New<FillsFreedMemoryToJs>(env, "fillsFreedMemory"));
  exports.Set("suspendProcess", Napi::Function::New<SuspendProcessFromJs>(env, "suspendProcess"));
  exports.Set("resumeProcess", Napi::Function::New<ResumeProcessFromJs>(env, "resumeProcess"));
  exports.Set("referenceTo", Napi::Function::New<ReferenceTo>(env, "referenceTo"));
  exports.Set("referenceOf", Napi::Function::New<ReferenceOf>(env, "referenceOf"));
  exports.Set("connectTo", Napi::Function::New<ConnectTo>(env, "connectTo"));
  exports.Set("reuseServerCall", Napi::Function::New<ReuseServerCall>(env, "reuseServerCall"));
  exports.Set("blanketWithIdentity",
              Napi::Function::New<BlanketWithIdentity>(env, "blanketWithIdentity"));
  exports.Set("finishServerCall", Napi::Function::New<FinishServerCall>(env, "finishServerCall"));
  exports.Set("createServerCallByInterface", Napi::Function::New<CreateServerCallByInterfaceToJs>(
                                                 env, "createServerCallByInterface"));
  exports.Set("doubleOfCom", Napi::Function::New<DoubleOfCom>(env, "doubleOfCom"));
  exports.Set("observedByDouble",
              Napi::Function::New<ObservedByDoubleToJs>(env, "observedByDouble"));
  exports.Set("callAcrossApartments",
              Napi::Function::New<CallAcrossApartmentsFromJs>(env, "callAcrossApartments"));
  exports.Set("releasedOn", Napi::Function::New<ReleasedOn>(env, "releasedOn"));
  exports.Set("offerCallFactory", Napi::Function::New<OfferCallFactory>(env, "offerCallFactory"));
  exports.Set("connectToFactory", Napi::Function::New<ConnectToFactory>(env, "connectToFactory"));
  exports.Set("connectToRecorder",
              Napi::Function::New<ConnectToRecorder>(env, "connectToRecorder"));
}

}  // namespace async_com
