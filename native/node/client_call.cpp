#include "node/client_call.h"

#include <utility>

#include "com/hresult_names.h"
#include "node/addon_data.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "node/value.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

Napi::Value CallResultToJs(Napi::Env env, CallResult& result) {
  auto object = Napi::Object::New(env);
  if (FAILED(result.handler_error)) {
    auto error = Napi::Object::New(env);
    error.Set("hresult", HResultToJs(env, result.handler_error));
    error.Set("code", Napi::String::New(env, HResultName(result.handler_error)));
    error.Set("source", WideToJs(env, result.source.View()));
    error.Set("description", WideToJs(env, result.description.View()));
    object.Set("handlerError", error);
  } else {
    object.Set("value", VariantToJs(env, std::move(result.value), "the result"));
  }
  return object;
}

}  // namespace

Outcome OutcomeOfCall(CallResult ended, const char* operation) {
  return FAILED(ended.hresult) ? Outcome::Here(ended.hresult, operation)
                               : Outcome::WithValue(operation, std::move(ended), CallResultToJs);
}

Napi::Function NodeClientCall::Define(Napi::Env env) {
  return DefineClass(env, "ClientCall",
                     {InstanceMethod<&NodeClientCall::Begin>("begin"),
                      InstanceMethod<&NodeClientCall::Wait>("wait"),
                      InstanceMethod<&NodeClientCall::Finish>("finish"),
                      InstanceMethod<&NodeClientCall::Cancel>("cancel"),
                      InstanceMethod<&NodeClientCall::TestCancel>("testCancel"),
                      InstanceMethod<&NodeClientCall::Release>("release")});
}

Napi::Object NodeClientCall::New(Napi::Env env, std::shared_ptr<ClientCall> call) {
  const Napi::Object object = AddonData::Of(env).client_call_class.New({});
  Unwrap(object)->call_ = std::move(call);
  return object;
}

NodeClientCall::NodeClientCall(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

template <typename Body>
Napi::Value NodeClientCall::RunOnClientThread(Napi::Env env, const char* operation, Body body) {
  if (call_ == nullptr) {
    return Settled(env, Outcome::Here(CO_E_RELEASED, "IUnknown::Release"));
  }
  return RunOnPool(env, call_->GetConnection().GetPeer().Calls(), operation,
                   [call = call_, body = std::move(body)] { return body(*call); });
}

Napi::Value NodeClientCall::Begin(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AsyncIMethodCall::Begin_Call";
  return RunOnClientThread(
      info.Env(), kOperation,
      [method = BstrFromJs(info[0]),
       arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments")](ClientCall& call) {
        return Outcome::Here(call.Begin(method, arguments), kOperation);
      });
}

Napi::Value NodeClientCall::Wait(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ISynchronize::Wait";
  return RunOnClientThread(
      info.Env(), kOperation,
      [milliseconds = info[0].As<Napi::Number>().Uint32Value()](ClientCall& call) {
        return Outcome::Here(call.Wait(milliseconds), kOperation);
      });
}

Napi::Value NodeClientCall::Finish(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AsyncIMethodCall::Finish_Call";
  return RunOnClientThread(info.Env(), kOperation, [](ClientCall& call) {
    return OutcomeOfCall(call.Finish(), kOperation);
  });
}

Napi::Value NodeClientCall::Cancel(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICancelMethodCalls::Cancel";
  const ULONG seconds = info[0].As<Napi::Number>().Uint32Value();
  const auto cancel = [seconds](ClientCall& call) {
    return Outcome::Here(call.Cancel(seconds), kOperation);
  };
  if (seconds > 0 || call_ == nullptr) {
    return RunOnClientThread(info.Env(), kOperation, cancel);
  }
  const auto body = [call = call_, cancel] { return cancel(*call); };
  // COM's own call object may wait for the server. Ours does not, and so it waits for nothing that
  // other calls to the server are waiting for.
  const Connection& connection = call_->GetConnection();
  return connection.HasCallFactory()
             ? RunOnPool(info.Env(), connection.GetPeer().Errands(), kOperation, body)
             : RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, body);
}

Napi::Value NodeClientCall::TestCancel(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICancelMethodCalls::TestCancel";
  return RunOnClientThread(info.Env(), kOperation, [](ClientCall& call) {
    return Outcome::Here(call.TestCancel(), kOperation);
  });
}

void NodeClientCall::Release(const Napi::CallbackInfo&) { call_.reset(); }

}  // namespace async_com
