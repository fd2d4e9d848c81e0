#include "node/connection.h"

#include <functional>
#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "com/hresult_names.h"
#include "node/addon_data.h"
#include "node/blanket.h"
#include "node/outcome.h"
#include "node/text.h"
#include "node/value.h"

namespace async_com {

namespace {

Napi::Value TextToJs(Napi::Env env, const Bstr& text) {
  return Napi::String::New(env, std::u16string(text.View().begin(), text.View().end()));
}

// { handlerError, value }: the value, or why the handler failed.
Napi::Value ResultToJs(Napi::Env env, CallResult& result) {
  auto object = Napi::Object::New(env);
  if (FAILED(result.handler_error)) {
    auto error = Napi::Object::New(env);
    error.Set("hresult", HResultToJs(env, result.handler_error));
    error.Set("code", Napi::String::New(env, HResultName(result.handler_error)));
    error.Set("source", TextToJs(env, result.source));
    error.Set("description", TextToJs(env, result.description));
    object.Set("handlerError", error);
  } else {
    object.Set("value", VariantToJs(env, std::move(result.value), "the result"));
  }
  return object;
}

using BlanketStep = std::function<Outcome(ClientObject& object)>;

// Runs a step on a client thread: it may wait for the other process.
Napi::Value RunBlanketStep(Napi::Env env, const std::shared_ptr<ClientObject>& object,
                           const char* operation, BlanketStep step) {
  Promised promised = Promised::Create(env, AddonData::Of(env).queue);
  const Napi::Promise promise = promised.Promise();
  if (object == nullptr) {
    promised.Settle(Outcome::Here(CO_E_OBJNOTCONNECTED, operation));
    return promise;
  }
  ThreadPool::Client().Run(MakeTask(
      [object, operation, step = std::move(step), promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf(operation, [&] { return step(*object); }));
      }));
  return promise;
}

}  // namespace

Napi::Function NodeConnection::Define(Napi::Env env) {
  return DefineClass(
      env, "Connection",
      {InstanceAccessor<&NodeConnection::HasCallFactory>("hasCallFactory"),
       InstanceMethod<&NodeConnection::Call>("call"),
       InstanceMethod<&NodeConnection::SetBlanket>("setBlanket"),
       InstanceMethod<&NodeConnection::QueryBlanket>("queryBlanket"),
       InstanceMethod<&NodeConnection::TryBlanketOnCallObject>("tryBlanketOnCallObject"),
       InstanceMethod<&NodeConnection::Close>("close")});
}

NodeConnection::NodeConnection(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeConnection::New(Napi::Env env, std::shared_ptr<ClientObject> object) {
  const Napi::Object connection = AddonData::Of(env).connection_class.New({});
  Unwrap(connection)->object_ = std::move(object);
  return connection;
}

Napi::Value NodeConnection::Connect(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Client().Run(MakeTask(
      [name = WideFromJs(info[0]), host = info[1].IsString() ? WideFromJs(info[1]) : std::wstring(),
       blanket = BlanketFromJs(info[2]), promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf("CoCreateInstance", [&] {
          auto object = ClientObject::Activate(name, host, blanket);
          Outcome outcome = Outcome::Here(S_OK, "CoCreateInstance");
          outcome.value = [object = std::move(object)](Napi::Env env) { return New(env, object); };
          return outcome;
        }));
      }));
  return promise;
}

Napi::Value NodeConnection::HasCallFactory(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), object_ != nullptr && object_->HasCallFactory());
}

Napi::Value NodeConnection::Call(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::u16string name = info[0].As<Napi::String>();
  Bstr method(std::wstring_view(reinterpret_cast<const wchar_t*>(name.data()), name.size()));
  SafeArray arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments");
  Promised promised = Promised::Create(env, AddonData::Of(env).queue);
  const Napi::Promise promise = promised.Promise();
  if (object_ == nullptr) {
    promised.Settle(Outcome::Here(CO_E_OBJNOTCONNECTED, "IMethodCall::Call"));
    return promise;
  }
  ThreadPool::Client().Run(
      MakeTask([object = object_, method = std::move(method), arguments = std::move(arguments),
                blanket = BlanketFromJs(info[2]), promised = std::move(promised)]() mutable {
        auto result = std::make_shared<CallResult>(object->Call(method, arguments, blanket));
        Outcome outcome = Outcome::Here(result->hresult, "IMethodCall::Call");
        if (SUCCEEDED(result->hresult)) {
          outcome.value = [result](Napi::Env on) { return ResultToJs(on, *result); };
        }
        promised.Settle(std::move(outcome));
      }));
  return promise;
}

Napi::Value NodeConnection::SetBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IClientSecurity::SetBlanket";
  return RunBlanketStep(info.Env(), object_, kOperation,
                        [blanket = BlanketFromJs(info[0])](ClientObject& object) {
                          object.SetBlanket(blanket);
                          return Outcome::Here(S_OK, kOperation);
                        });
}

Napi::Value NodeConnection::QueryBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IClientSecurity::QueryBlanket";
  return RunBlanketStep(info.Env(), object_, kOperation, [](ClientObject& object) {
    ProxyBlanket blanket = object.QueryBlanket();
    Outcome outcome = Outcome::Here(S_OK, kOperation);
    outcome.value = [blanket = std::move(blanket)](Napi::Env env) {
      return BlanketToJs(env, blanket);
    };
    return outcome;
  });
}

Napi::Value NodeConnection::TryBlanketOnCallObject(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICallFactory::CreateCall";
  return RunBlanketStep(
      info.Env(), object_, kOperation, [blanket = BlanketFromJs(info[0])](ClientObject& object) {
        auto seen = std::make_shared<CallObjectBlankets>(object.TryBlanketOnCallObject(blanket));
        Outcome outcome = Outcome::Here(S_OK, kOperation);
        outcome.value = [seen](Napi::Env env) {
          auto all = Napi::Object::New(env);
          all.Set("before", BlanketToJs(env, seen->before));
          all.Set("after", BlanketToJs(env, seen->after));
          all.Set("proxyAfter", BlanketToJs(env, seen->proxy_after));
          return all;
        };
        return outcome;
      });
}

void NodeConnection::Close(const Napi::CallbackInfo&) { object_.reset(); }

}  // namespace async_com
