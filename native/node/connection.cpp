#include "node/connection.h"

#include <functional>
#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/blanket.h"
#include "node/client_call.h"
#include "node/outcome.h"
#include "node/text.h"
#include "node/value.h"

namespace async_com {

namespace {

Outcome OutcomeOfCall(CallResult ended) {
  auto result = std::make_shared<CallResult>(std::move(ended));
  Outcome outcome = Outcome::Here(result->hresult, "IMethodCall::Call");
  if (SUCCEEDED(result->hresult)) {
    outcome.value = [result](Napi::Env env) { return CallResultToJs(env, *result); };
  }
  return outcome;
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
       InstanceMethod<&NodeConnection::CallCancellable>("callCancellable"),
       InstanceMethod<&NodeConnection::CreateCall>("createCall"),
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

// The call that (method, args) ask for; it settles the promise when it has ended.
std::shared_ptr<OutgoingCall> NodeConnection::CallFrom(const Napi::CallbackInfo& info,
                                                       OutgoingCall::Form form,
                                                       Napi::Value& promise) {
  const Napi::Env env = info.Env();
  const std::u16string name = info[0].As<Napi::String>();
  Bstr method(std::wstring_view(reinterpret_cast<const wchar_t*>(name.data()), name.size()));
  SafeArray arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments");
  auto promised = std::make_shared<Promised>(Promised::Create(env, AddonData::Of(env).queue));
  promise = promised->Promise();
  if (object_ == nullptr) {
    promised->Settle(Outcome::Here(CO_E_OBJNOTCONNECTED, "IMethodCall::Call"));
    return nullptr;
  }
  return std::make_shared<OutgoingCall>(
      object_, std::move(method), std::move(arguments), BlanketFromJs(info[2]), form,
      [promised](CallResult result) { promised->Settle(OutcomeOfCall(std::move(result))); });
}

// call(method, args, blanket, synchronous)
Napi::Value NodeConnection::Call(const Napi::CallbackInfo& info) {
  Napi::Value promise;
  const auto form = info[3].ToBoolean() ? OutgoingCall::Form::kSynchronous
                                        : OutgoingCall::Form::kAsynchronousIfOffered;
  if (const auto call = CallFrom(info, form, promise)) {
    call->Start();
  }
  return promise;
}

// callCancellable(method, args, blanket): { outcome, cancel() }
Napi::Value NodeConnection::CallCancellable(const Napi::CallbackInfo& info) {
  Napi::Value promise;
  const auto call = CallFrom(info, OutgoingCall::Form::kAsynchronousIfOffered, promise);
  if (call != nullptr) {
    call->MakeCancellable();
    call->Start();
  }
  auto object = Napi::Object::New(info.Env());
  object.Set("outcome", promise);
  object.Set("cancel", Napi::Function::New(info.Env(), [weak = std::weak_ptr(call)](
                                                           const Napi::CallbackInfo& cancel) {
               const auto running = weak.lock();
               return Napi::Boolean::New(cancel.Env(), running != nullptr && running->Cancel());
             }));
  return object;
}

Napi::Value NodeConnection::CreateCall(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Promised promised = Promised::Create(env, AddonData::Of(env).queue);
  const Napi::Promise promise = promised.Promise();
  if (object_ == nullptr) {
    promised.Settle(Outcome::Here(CO_E_OBJNOTCONNECTED, "ICallFactory::CreateCall"));
    return promise;
  }
  ThreadPool::Client().Run(MakeTask([object = object_, promised = std::move(promised)]() mutable {
    promised.Settle(OutcomeOf("ICallFactory::CreateCall", [&] {
      auto call = std::make_shared<CallObject>(object);
      Outcome outcome = Outcome::Here(S_OK, "ICallFactory::CreateCall");
      outcome.value = [call = std::move(call)](Napi::Env on) {
        return NodeClientCall::New(on, call);
      };
      return outcome;
    }));
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
