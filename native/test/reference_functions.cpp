#include "test/reference_functions.h"

#include <memory>
#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/connection.h"
#include "node/outcome.h"
#include "node/text.h"
#include "test/call_object_reuse.h"
#include "test/object_reference.h"
#include "test/recording_proxy.h"

namespace async_com {

Napi::Value ReferenceTo(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoMarshalInterface";
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Client().Run(
      MakeTask([clsid = WideFromJs(info[0]), promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf(kOperation, [&] {
          std::string bytes = MarshalReference(clsid);
          Outcome outcome = Outcome::Here(S_OK, kOperation);
          outcome.value = [bytes = std::move(bytes)](Napi::Env env) {
            return Napi::Buffer<char>::Copy(env, bytes.data(), bytes.size());
          };
          return outcome;
        }));
      }));
  return promise;
}

Napi::Value ConnectTo(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoUnmarshalInterface";
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  const auto buffer = info[0].As<Napi::Buffer<char>>();
  ThreadPool::Client().Run(MakeTask([bytes = std::string(buffer.Data(), buffer.Length()),
                                     promised = std::move(promised)]() mutable {
    promised.Settle(OutcomeOf(kOperation, [&] {
      auto object = UnmarshalReference(bytes);
      Outcome outcome = Outcome::Here(S_OK, kOperation);
      outcome.value = [object = std::move(object)](Napi::Env env) {
        return NodeConnection::New(env, object);
      };
      return outcome;
    }));
  }));
  return promise;
}

Napi::Value ReuseServerCall(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ISynchronize::Wait";
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([promised = std::move(promised)]() mutable {
    promised.Settle(OutcomeOf(kOperation, [&] {
      const CallObjectReuse seen = ReuseServerCallObject();
      Outcome outcome = Outcome::Here(S_OK, kOperation);
      outcome.value = [seen](Napi::Env env) {
        auto object = Napi::Object::New(env);
        object.Set("afterFirst", HResultToJs(env, seen.wait_after_first));
        object.Set("duringSecond", HResultToJs(env, seen.wait_during_second));
        object.Set("afterSecond", HResultToJs(env, seen.wait_after_second));
        return object;
      };
      return outcome;
    }));
  }));
  return promise;
}

Napi::Value ReleasedOn(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), ThreadOfLastRelease());
}

Napi::Value ConnectToRecorder(const Napi::CallbackInfo& info) {
  return NodeConnection::New(info.Env(), std::make_shared<ClientObject>(MakeRecordingProxy()));
}

}  // namespace async_com
