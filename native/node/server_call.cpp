#include "node/server_call.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "node/addon_data.h"
#include "node/arguments.h"
#include "node/helper_thread.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/token_description.h"
#include "node/utf16.h"
#include "node/value.h"

namespace async_com {

namespace {

Napi::Value BeginReturnToJs(Napi::Env env, const BeginReturn& report) {
  auto object = Napi::Object::New(env);
  object.Set("found", report.found ? ThreadTokenToJs(env, *report.found) : env.Null());
  object.Set("after", report.after ? ThreadTokenToJs(env, *report.after) : env.Null());
  object.Set("callContext",
             report.call_context ? HResultToJs(env, *report.call_context) : env.Null());
  return object;
}

// What the handler assigned to arguments, as [argument, value] pairs.
std::vector<CallResult::Assigned> AssignedFromJs(const Napi::Value& pairs) {
  std::vector<CallResult::Assigned> assigned;
  if (!pairs.IsArray()) {
    return assigned;
  }
  const auto array = pairs.As<Napi::Array>();
  assigned.reserve(array.Length());
  for (std::uint32_t index = 0; index < array.Length(); ++index) {
    const auto pair = Napi::Value(array.Get(index)).As<Napi::Array>();
    const std::uint32_t argument = Napi::Value(pair.Get(0U)).As<Napi::Number>();
    assigned.push_back(
        {argument, VariantFromJs(pair.Get(1U), "arguments[" + std::to_string(argument) + "]")});
  }
  return assigned;
}

}  // namespace

Napi::Function NodeServerCall::Define(Napi::Env env) {
  auto properties = ThreadMethods::Describe<NodeServerCall>();
  for (const auto& property : {
           InstanceAccessor<&NodeServerCall::Id>("id"),
           InstanceAccessor<&NodeServerCall::Path>("path"),
           InstanceAccessor<&NodeServerCall::RpcThreadId>("rpcThreadId"),
           InstanceAccessor<&NodeServerCall::ObjectId>("objectId"),
           InstanceAccessor<&NodeServerCall::Access>("access"),
           InstanceAccessor<&NodeServerCall::Locale>("locale"),
           InstanceAccessor<&NodeServerCall::ByReference>("byReference"),
           InstanceAccessor<&NodeServerCall::Cancelled>("cancelled"),
           InstanceMethod<&NodeServerCall::ThreadId>("threadId"),
           InstanceMethod<&NodeServerCall::OpenThread>("openThread"),
           InstanceMethod<&NodeServerCall::Signal>("signal"),
           InstanceMethod<&NodeServerCall::BeginReturned>("beginReturned"),
           InstanceMethod<&NodeServerCall::Complete>("complete"),
           InstanceMethod<&NodeServerCall::Fail>("fail"),
           InstanceMethod<&NodeServerCall::End>("end"),
           InstanceMethod<&NodeServerCall::ReturnFromBegin>("returnFromBegin"),
       }) {
    properties.push_back(property);
  }
  return DefineClass(env, "ServerCall", properties);
}

// The objects of a client go through the peer of its process.
ObjectContext ContextOf(ServerCall& call, NodeServer* server) {
  return {[&call] {
            const DWORD process = call.GetRpcCall().GetClient().process_id;
            return Peer::Of(L"the client in process " + std::to_wstring(process), {});
          },
          server, &call};
}

Napi::Object NodeServerCall::New(Napi::Env env, std::shared_ptr<ServerCall> call,
                                 std::shared_ptr<NodeServer*> server) {
  const Napi::Object object = AddonData::Of(env).server_call_class.New({});
  Unwrap(object)->call_ = std::move(call);
  Unwrap(object)->server_ = std::move(server);
  return object;
}

NodeServerCall::NodeServerCall(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

ThreadMethods::SecurityOfThread NodeServerCall::Security() {
  return [call = call_] { return call->Security(); };
}

Napi::Value NodeServerCall::Id(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(call_->Id()));
}

Napi::Value NodeServerCall::Path(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), call_->Path() == CallPath::kSystem ? "system" : "bridge");
}

// Returns null on the system path, because Begin_ runs on the RPC thread itself.
Napi::Value NodeServerCall::RpcThreadId(const Napi::CallbackInfo& info) {
  return call_->Path() == CallPath::kSystem
             ? info.Env().Null()
             : Napi::Number::New(info.Env(), call_->GetRpcCall().ThreadId());
}

Napi::Value NodeServerCall::ObjectId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(call_->Object()));
}

Napi::Value NodeServerCall::Access(const Napi::CallbackInfo& info) {
  const char* name = "call";
  switch (call_->GetAccess()) {
    case async_com::Access::kCall:
      break;
    case async_com::Access::kGet:
      name = "get";
      break;
    case async_com::Access::kPut:
      name = "put";
      break;
    case async_com::Access::kPutReference:
      name = "putref";
      break;
    case async_com::Access::kCreate:
      name = "create";
      break;
  }
  return Napi::String::New(info.Env(), name);
}

// Returns null if the client has given no locale.
Napi::Value NodeServerCall::Locale(const Napi::CallbackInfo& info) {
  const std::optional<LCID> locale = call_->Locale();
  return locale ? Napi::Number::New(info.Env(), *locale) : info.Env().Null();
}

// Returns the places of the arguments that the client passed by reference.
Napi::Value NodeServerCall::ByReference(const Napi::CallbackInfo& info) {
  auto places = Napi::Array::New(info.Env());
  const std::vector<bool>& by_reference = call_->ByReference();
  for (std::size_t index = 0; index < by_reference.size(); ++index) {
    if (by_reference[index]) {
      places.Set(places.Length(), Napi::Number::New(info.Env(), static_cast<double>(index)));
    }
  }
  return places;
}

// Returns the HRESULT that says why the call was cancelled, or null if it was not cancelled.
Napi::Value NodeServerCall::Cancelled(const Napi::CallbackInfo& info) {
  const HRESULT why = call_->Cancelled();
  return FAILED(why) ? HResultToJs(info.Env(), why) : info.Env().Null();
}

// The id is in the outcome's `threadId`.
Napi::Value NodeServerCall::ThreadId(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "GetCurrentThreadId";
  if (const DWORD thread_id = call_->BeginThread(); thread_id != 0) {
    Outcome known = Outcome::Here(S_OK, kOperation);
    known.thread_id = thread_id;
    return Settled(info.Env(), std::move(known));
  }
  Promised promised = Promised::Create(info.Env());
  const Napi::Promise promise = promised.Promise();
  auto task = PromisedTask(kOperation, std::move(promised), [] {});
  const HRESULT posted = call_->PostToBegin(task);
  return SUCCEEDED(posted) ? promise : Settled(info.Env(), Outcome::NotRun(posted));
}

Napi::Value NodeServerCall::OpenThread(const Napi::CallbackInfo& info) {
  return OpenHelperThread(info.Env(), call_->Security(), nullptr);
}

// signal(value, assigned, onCompletionThread)
Napi::Value NodeServerCall::Signal(const Napi::CallbackInfo& info) {
  CallResult result;
  const ObjectScope objects(info.Env(), ContextOf(*call_, *server_));
  result.value = ResultOfCall(info[0], *call_);
  result.assigned = AssignedFromJs(info[1]);
  auto promised = std::make_shared<Promised>(Promised::Create(info.Env()));
  const Napi::Promise promise = promised->Promise();
  const HRESULT begun =
      call_->Signal(std::move(result),
                    info[2].ToBoolean() ? ServerCall::SignalOn::kCompletionThread
                                        : ServerCall::SignalOn::kBeginThread,
                    [promised](HRESULT signalled) {
                      promised->Settle(Outcome::Here(signalled, "ISynchronize::Signal"));
                    });
  if (FAILED(begun)) {
    promised->Settle(Outcome::NotRun(begun));
  }
  return promise;
}

Napi::Value NodeServerCall::BeginReturned(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "AsyncIMethodCall::Begin_Call";
  auto promised = std::make_shared<Promised>(Promised::Create(info.Env()));
  const Napi::Promise promise = promised->Promise();
  call_->WhenBeginReturned([promised](std::optional<BeginReturn> report) {
    if (!report) {
      promised->Settle(Outcome::NotRun(RPC_E_CALL_COMPLETE));
      return;
    }
    const DWORD thread_id = report->thread_id;
    Outcome outcome = Outcome::WithValue(kOperation, std::move(*report), BeginReturnToJs);
    outcome.thread_id = thread_id;
    promised->Settle(std::move(outcome));
  });
  return promise;
}

// complete(value, assigned)
void NodeServerCall::Complete(const Napi::CallbackInfo& info) {
  CallResult result;
  if (!call_->IsStaged()) {
    const ObjectScope objects(info.Env(), ContextOf(*call_, *server_));
    result.value = ResultOfCall(info[0], *call_);
    result.assigned = AssignedFromJs(info[1]);
  }
  call_->Complete(std::move(result));
}

// fail(hresult, source, description, helpFile, helpContext)
void NodeServerCall::Fail(const Napi::CallbackInfo& info) {
  CallResult result;
  result.handler_error = info[0].As<Napi::Number>().Int32Value();
  result.source = BstrFromJs(info[1]);
  result.description = BstrFromJs(info[2]);
  result.help_file = BstrFromJs(info[3]);
  result.help_context = info[4].As<Napi::Number>().Uint32Value();
  call_->Complete(std::move(result));
}

// end(hresult): ends the call without a handler's answer.
void NodeServerCall::End(const Napi::CallbackInfo& info) {
  call_->Complete(CallResult::Failed(info[0].As<Napi::Number>().Int32Value()));
}

void NodeServerCall::ReturnFromBegin(const Napi::CallbackInfo&) { call_->LetBeginReturn(); }

}  // namespace async_com
