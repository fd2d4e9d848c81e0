#include "node/call.h"

#include <string>
#include <utility>

#include "node/addon_data.h"
#include "node/helper_thread.h"
#include "node/outcome.h"
#include "node/thread_steps.h"
#include "node/token_object.h"
#include "node/value.h"
#include "security/token_description.h"

namespace async_com {

namespace {

Bstr TextFromJs(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>();
  return Bstr(std::wstring_view(reinterpret_cast<const wchar_t*>(text.data()), text.size()));
}

Napi::Value SeenToJs(Napi::Env env, const SeenToken& seen) {
  return ThreadTokenToJs(env, seen.sighting, seen.description);
}

Napi::Value ReportToJs(Napi::Env env, const BeginReturn& report) {
  auto object = Napi::Object::New(env);
  object.Set("found", SeenToJs(env, report.found));
  object.Set("after", report.after ? SeenToJs(env, *report.after) : env.Null());
  object.Set("callContext", HResultToJs(env, report.call_context));
  return object;
}

}  // namespace

Napi::Function NodeCall::Define(Napi::Env env) {
  return DefineClass(
      env, "Call",
      {InstanceAccessor<&NodeCall::Id>("id"), InstanceAccessor<&NodeCall::Path>("path"),
       InstanceAccessor<&NodeCall::ThreadId>("threadId"),
       InstanceAccessor<&NodeCall::RpcThreadId>("rpcThreadId"),
       InstanceAccessor<&NodeCall::Cancelled>("cancelled"), InstanceMethod<&NodeCall::Step>("step"),
       InstanceMethod<&NodeCall::OpenThread>("openThread"),
       InstanceMethod<&NodeCall::Signal>("signal"),
       InstanceMethod<&NodeCall::BeginReturned>("beginReturned"),
       InstanceMethod<&NodeCall::StageValue>("stage"),
       InstanceMethod<&NodeCall::Complete>("complete"), InstanceMethod<&NodeCall::Fail>("fail"),
       InstanceMethod<&NodeCall::End>("end"),
       InstanceMethod<&NodeCall::ReturnFromBegin>("returnFromBegin")});
}

Napi::Object NodeCall::New(Napi::Env env, std::shared_ptr<Call> call) {
  const Napi::Object object = AddonData::Of(env).call_class.New({});
  Unwrap(object)->call_ = std::move(call);
  return object;
}

NodeCall::NodeCall(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeCall::Id(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(call_->Id()));
}

Napi::Value NodeCall::Path(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), call_->Path() == CallPath::kSystem ? "system" : "bridge");
}

Napi::Value NodeCall::ThreadId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), call_->BeginThread());
}

// Null on the system path: Begin_ runs on the RPC thread itself.
Napi::Value NodeCall::RpcThreadId(const Napi::CallbackInfo& info) {
  const DWORD thread_id = call_->RpcThread();
  return thread_id == 0 ? info.Env().Null() : Napi::Number::New(info.Env(), thread_id);
}

// The HRESULT that says why; null where it was not.
Napi::Value NodeCall::Cancelled(const Napi::CallbackInfo& info) {
  const HRESULT why = call_->Cancelled();
  return FAILED(why) ? HResultToJs(info.Env(), why) : info.Env().Null();
}

Napi::Value NodeCall::Step(const Napi::CallbackInfo& info) {
  if (info[0].As<Napi::String>().Utf8Value() == "SetThreadToken") {
    call_->ThreadTokenIsSet();
  }
  return RunStep(
      info,
      [call = call_](std::unique_ptr<Task> task) { return call->PostToBegin(std::move(task)); },
      [call = call_] { return call->Security(); });
}

Napi::Value NodeCall::OpenThread(const Napi::CallbackInfo& info) {
  return OpenHelperThread(info.Env(), call_->Security(), nullptr);
}

void NodeCall::StageValue(const Napi::CallbackInfo& info) {
  CallResult result;
  result.value = VariantFromJs(info[0], "the result");
  call_->Stage(std::move(result));
}

// signal(onCompletionThread)
Napi::Value NodeCall::Signal(const Napi::CallbackInfo& info) {
  auto promised =
      std::make_shared<Promised>(Promised::Create(info.Env(), AddonData::Of(info.Env()).queue));
  const Napi::Promise promise = promised->Promise();
  call_->Signal(
      info[0].ToBoolean() ? Call::SignalOn::kCompletionThread : Call::SignalOn::kBeginThread,
      [promised](HRESULT result) {
        promised->Settle(Outcome::Here(result, "ISynchronize::Signal"));
      });
  return promise;
}

Napi::Value NodeCall::BeginReturned(const Napi::CallbackInfo& info) {
  auto promised =
      std::make_shared<Promised>(Promised::Create(info.Env(), AddonData::Of(info.Env()).queue));
  const Napi::Promise promise = promised->Promise();
  call_->WhenBeginReturned([promised](BeginReturn report) {
    Outcome outcome = Outcome::Here(S_OK, "AsyncIMethodCall::Begin_Call");
    outcome.thread_id = report.thread_id;
    auto kept = std::make_shared<BeginReturn>(std::move(report));
    outcome.value = [kept](Napi::Env env) { return ReportToJs(env, *kept); };
    promised->Settle(std::move(outcome));
  });
  return promise;
}

void NodeCall::Complete(const Napi::CallbackInfo& info) {
  CallResult result;
  if (!call_->IsStaged()) {
    result.value = VariantFromJs(info[0], "the result");
  }
  call_->Complete(std::move(result));
}

// fail(hresult, source, description)
void NodeCall::Fail(const Napi::CallbackInfo& info) {
  CallResult result;
  result.handler_error = info[0].As<Napi::Number>().Int32Value();
  result.source = TextFromJs(info[1]);
  result.description = TextFromJs(info[2]);
  call_->Complete(std::move(result));
}

// end(hresult): no handler answers.
void NodeCall::End(const Napi::CallbackInfo& info) {
  call_->Complete(CallResult::Failed(info[0].As<Napi::Number>().Int32Value()));
}

void NodeCall::ReturnFromBegin(const Napi::CallbackInfo&) { call_->LetBeginReturn(); }

}  // namespace async_com
