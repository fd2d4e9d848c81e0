#include "node/client_call.h"

#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "com/hresult_names.h"
#include "node/addon_data.h"
#include "node/value.h"

namespace async_com {

namespace {

Napi::Value TextToJs(Napi::Env env, const Bstr& text) {
  return Napi::String::New(env, std::u16string(text.View().begin(), text.View().end()));
}

}  // namespace

Napi::Value CallResultToJs(Napi::Env env, CallResult& result) {
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

Napi::Function NodeClientCall::Define(Napi::Env env) {
  return DefineClass(env, "ClientCall",
                     {InstanceMethod<&NodeClientCall::Begin>("begin"),
                      InstanceMethod<&NodeClientCall::Wait>("wait"),
                      InstanceMethod<&NodeClientCall::Finish>("finish"),
                      InstanceMethod<&NodeClientCall::Cancel>("cancel"),
                      InstanceMethod<&NodeClientCall::Release>("release")});
}

Napi::Object NodeClientCall::New(Napi::Env env, std::shared_ptr<CallObject> call) {
  const Napi::Object object = AddonData::Of(env).client_call_class.New({});
  Unwrap(object)->call_ = std::move(call);
  return object;
}

NodeClientCall::NodeClientCall(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeClientCall::OnThreadOf(ThreadPool& pool, Napi::Env env, Step step) {
  Promised promised = Promised::Create(env, AddonData::Of(env).queue);
  const Napi::Promise promise = promised.Promise();
  if (call_ == nullptr) {
    promised.Settle(Outcome::Here(CO_E_RELEASED, "IUnknown::Release"));
    return promise;
  }
  pool.Run(MakeTask([call = call_, step = std::move(step),
                     promised = std::move(promised)]() mutable { promised.Settle(step(*call)); }));
  return promise;
}

Napi::Value NodeClientCall::Begin(const Napi::CallbackInfo& info) {
  struct Request {
    Bstr method;
    SafeArray arguments;
  };
  auto request = std::make_shared<Request>();
  const std::u16string name = info[0].As<Napi::String>();
  request->method =
      Bstr(std::wstring_view(reinterpret_cast<const wchar_t*>(name.data()), name.size()));
  request->arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments");
  return OnThreadOf(ThreadPool::Client(), info.Env(), [request](CallObject& call) {
    return Outcome::Here(call.Begin(request->method, request->arguments),
                         "AsyncIMethodCall::Begin_Call");
  });
}

Napi::Value NodeClientCall::Wait(const Napi::CallbackInfo& info) {
  const DWORD milliseconds = info[0].As<Napi::Number>().Uint32Value();
  return OnThreadOf(ThreadPool::Client(), info.Env(), [milliseconds](CallObject& call) {
    return Outcome::Here(call.Wait(milliseconds), "ISynchronize::Wait");
  });
}

Napi::Value NodeClientCall::Finish(const Napi::CallbackInfo& info) {
  return OnThreadOf(ThreadPool::Client(), info.Env(), [](CallObject& call) {
    auto result = std::make_shared<CallResult>(call.Finish());
    Outcome outcome = Outcome::Here(result->hresult, "AsyncIMethodCall::Finish_Call");
    if (SUCCEEDED(result->hresult)) {
      outcome.value = [result](Napi::Env env) { return CallResultToJs(env, *result); };
    }
    return outcome;
  });
}

Napi::Value NodeClientCall::Cancel(const Napi::CallbackInfo& info) {
  const ULONG seconds = info[0].As<Napi::Number>().Uint32Value();
  // It waits for nobody: calls that hold every client thread must not hold up what ends them.
  ThreadPool& pool = seconds == 0 ? ThreadPool::Canceller() : ThreadPool::Client();
  return OnThreadOf(pool, info.Env(), [seconds](CallObject& call) {
    return Outcome::Here(call.Cancel(seconds), "ICancelMethodCalls::Cancel");
  });
}

void NodeClientCall::Release(const Napi::CallbackInfo&) { call_.reset(); }

}  // namespace async_com
