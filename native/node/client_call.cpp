#include "node/client_call.h"

#include <utility>

#include "com/hresult_names.h"
#include "node/addon_data.h"
#include "node/object_context.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "node/value.h"
#include "threads/thread_pool.h"

namespace async_com {

namespace {

Napi::Value CallResultToJs(Napi::Env env, CallResult& result, const std::shared_ptr<Peer>& peer) {
  auto object = Napi::Object::New(env);
  if (FAILED(result.handler_error)) {
    auto error = Napi::Object::New(env);
    error.Set("hresult", HResultToJs(env, result.handler_error));
    error.Set("code", Napi::String::New(env, HResultName(result.handler_error)));
    error.Set("source", WideToJs(env, result.source.View()));
    error.Set("description", WideToJs(env, result.description.View()));
    error.Set("helpFile", WideToJs(env, result.help_file.View()));
    error.Set("helpContext", Napi::Number::New(env, result.help_context));
    object.Set("handlerError", error);
  } else {
    const ObjectScope objects(env, {[peer] { return peer; }});
    object.Set("value", VariantToJs(env, std::move(result.value), "the result"));
  }
  return object;
}

Napi::Promise SettledAsReleased(Napi::Env env) {
  return Settled(env, Outcome::Here(CO_E_RELEASED, "IUnknown::Release"));
}

}  // namespace

Outcome OutcomeOfCall(CallResult ended, const char* operation, std::shared_ptr<Peer> peer) {
  return FAILED(ended.hresult)
             ? Outcome::Here(ended.hresult, operation)
             : Outcome::WithValue(operation, std::move(ended),
                                  [peer = std::move(peer)](Napi::Env env, CallResult& result) {
                                    return CallResultToJs(env, result, peer);
                                  });
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
Napi::Value NodeClientCall::RunOnQueue(Napi::Env env, BoundedQueue& queue, const char* operation,
                                       Body body) {
  return RunOnPool(env, queue, operation,
                   [call = call_, body = std::move(body)] { return body(*call); });
}

Napi::Value NodeClientCall::Begin(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AsyncIMethodCall::Begin_Call";
  Bstr method = BstrFromJs(info[0]);
  SafeArray arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments");
  if (call_ == nullptr) {
    return SettledAsReleased(info.Env());
  }
  const Peer& peer = call_->GetConnection().GetPeer();
  return RunOnQueue(
      info.Env(), call_->IsSystemCall() ? peer.Begins() : peer.Calls(), kOperation,
      [method = std::move(method), arguments = std::move(arguments)](ClientCall& call) {
        return Outcome::Here(call.Begin(method, arguments), kOperation);
      });
}

Napi::Value NodeClientCall::Wait(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ISynchronize::Wait";
  if (call_ == nullptr) {
    return SettledAsReleased(info.Env());
  }
  const auto promised = std::make_shared<Promised>(Promised::Create(info.Env()));
  const Napi::Promise promise = promised->Promise();
  call_->Wait(info[0].As<Napi::Number>().Uint32Value(),
              [promised](HRESULT waited) { promised->Settle(Outcome::Here(waited, kOperation)); });
  return promise;
}

Napi::Value NodeClientCall::Finish(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AsyncIMethodCall::Finish_Call";
  if (call_ == nullptr) {
    return SettledAsReleased(info.Env());
  }
  const auto promised = std::make_shared<Promised>(Promised::Create(info.Env()));
  const Napi::Promise promise = promised->Promise();
  call_->Finish([promised, peer = call_->GetConnection().SharedPeer()](CallResult result) {
    promised->Settle(OutcomeOfCall(std::move(result), kOperation, peer));
  });
  return promise;
}

Napi::Value NodeClientCall::Cancel(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICancelMethodCalls::Cancel";
  if (call_ == nullptr) {
    return SettledAsReleased(info.Env());
  }
  const ULONG seconds = info[0].As<Napi::Number>().Uint32Value();
  const auto cancel = [seconds](ClientCall& call) {
    return Outcome::Here(call.Cancel(seconds), kOperation);
  };
  const Peer& peer = call_->GetConnection().GetPeer();
  if (seconds > 0) {
    return RunOnQueue(info.Env(), peer.Calls(), kOperation, cancel);
  }
  // COM's own call object may wait for the server. Ours does not, and so it waits for nothing that
  // other calls to the server are waiting for.
  return call_->IsSystemCall() ? RunOnQueue(info.Env(), peer.Errands(), kOperation, cancel)
                               : RunOnPool(info.Env(), ThreadPool::Worker(), kOperation,
                                           [call = call_, cancel] { return cancel(*call); });
}

Napi::Value NodeClientCall::TestCancel(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "ICancelMethodCalls::TestCancel";
  if (call_ == nullptr) {
    return SettledAsReleased(info.Env());
  }
  return RunOnQueue(info.Env(), call_->GetConnection().GetPeer().Calls(), kOperation,
                    [](ClientCall& call) { return Outcome::Here(call.TestCancel(), kOperation); });
}

void NodeClientCall::Release(const Napi::CallbackInfo&) { call_.reset(); }

}  // namespace async_com
