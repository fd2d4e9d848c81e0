#include "node/connection.h"

#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/client_call.h"
#include "node/outcome.h"
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

}  // namespace

Napi::Function NodeConnection::Define(Napi::Env env) {
  return DefineClass(env, "Connection",
                     {InstanceAccessor<&NodeConnection::HasCallFactory>("hasCallFactory"),
                      InstanceMethod<&NodeConnection::Call>("call"),
                      InstanceMethod<&NodeConnection::CallCancellable>("callCancellable"),
                      InstanceMethod<&NodeConnection::CreateCall>("createCall"),
                      InstanceMethod<&NodeConnection::Close>("close")});
}

NodeConnection::NodeConnection(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeConnection::Connect(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  const std::u16string text = info[0].As<Napi::String>();
  std::wstring name(text.begin(), text.end());
  ThreadPool::Client().Run(
      MakeTask([name = std::move(name), promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf("CoCreateInstance", [&] {
          auto object = ClientObject::Activate(name);
          Outcome outcome = Outcome::Here(S_OK, "CoCreateInstance");
          outcome.value = [object = std::move(object)](Napi::Env env) {
            const Napi::Object connection = AddonData::Of(env).connection_class.New({});
            Unwrap(connection)->object_ = object;
            return connection;
          };
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
      object_, std::move(method), std::move(arguments), form,
      [promised](CallResult result) { promised->Settle(OutcomeOfCall(std::move(result))); });
}

// call(method, args, synchronous)
Napi::Value NodeConnection::Call(const Napi::CallbackInfo& info) {
  Napi::Value promise;
  const auto form = info[2].ToBoolean() ? OutgoingCall::Form::kSynchronous
                                        : OutgoingCall::Form::kAsynchronousIfOffered;
  if (const auto call = CallFrom(info, form, promise)) {
    call->Start();
  }
  return promise;
}

// callCancellable(method, args): { outcome, cancel() }
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
      auto call = CallObject::Create(object);
      Outcome outcome = Outcome::Here(S_OK, "ICallFactory::CreateCall");
      outcome.value = [call = std::move(call)](Napi::Env on) {
        return NodeClientCall::New(on, call);
      };
      return outcome;
    }));
  }));
  return promise;
}

void NodeConnection::Close(const Napi::CallbackInfo&) { object_.reset(); }

}  // namespace async_com
