#include "node/server.h"

#include <objbase.h>

#include <cstdint>
#include <exception>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "node/addon_data.h"
#include "node/arguments.h"
#include "node/object_class.h"
#include "node/object_context.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/server_call.h"
#include "node/utf16.h"
#include "server/enumerator.h"
#include "server/server_call.h"
#include "server/server_object.h"
#include "threads/thread_pool.h"

namespace async_com {

// Passes to JavaScript what the server tells it. Its JavaScript functions belong to the JavaScript
// thread. That thread alone releases them, through Forget.
class NodeServer::Handler final : public CallHandler,
                                  public std::enable_shared_from_this<NodeServer::Handler> {
 public:
  Handler(NodeServer& server, std::shared_ptr<JsQueue> queue, const Napi::Object& options)
      : server_(std::make_shared<NodeServer*>(&server)),
        queue_(std::move(queue)),
        on_call_(FunctionOf(options, "onCall")),
        on_cancel_(FunctionOf(options, "onCancel")),
        on_released_(FunctionOf(options, "onRelease")),
        on_object_(FunctionOf(options, "onObject")),
        on_target_(FunctionOf(options, "onTarget")),
        on_idle_(FunctionOf(options, "onIdle")),
        on_unused_(FunctionOf(options, "onUnused")) {}

  bool Arrived(std::shared_ptr<ServerCall> call) noexcept override;
  void Cancelled(std::shared_ptr<ServerCall> call) noexcept override;
  void Released(ObjectId object) noexcept override;
  void Idle() noexcept override;
  void Unused() noexcept override;

  void Deliver(Napi::Env env, const std::shared_ptr<ServerCall>& call);
  void DeliverCancellation(Napi::Env env, const ServerCall& call);
  // What JavaScript says of an object that it sends, and of an object that it gets back.
  const Napi::FunctionReference& OnObject() const noexcept { return on_object_; }
  const Napi::FunctionReference& OnTarget() const noexcept { return on_target_; }
  void DeliverRelease(Napi::Env env, ObjectId object);
  void DeliverIdle();
  void DeliverUnused();
  void ServerIsGone() noexcept { *server_ = nullptr; }
  void Forget() {
    on_call_.Reset();
    on_cancel_.Reset();
    on_released_.Reset();
    on_object_.Reset();
    on_target_.Reset();
    on_idle_.Reset();
    on_unused_.Reset();
  }

 private:
  class Arrival;
  class Cancellation;
  class Release;
  class Notice;

  static Napi::FunctionReference FunctionOf(const Napi::Object& options, const char* name) {
    return Napi::Persistent(options.Get(name).As<Napi::Function>());
  }

  void Post(void (Handler::*deliver)()) noexcept;

  // Refers to null once the server was collected. Used on the JavaScript thread.
  const std::shared_ptr<NodeServer*> server_;
  const std::shared_ptr<JsQueue> queue_;
  Napi::FunctionReference on_call_;
  Napi::FunctionReference on_cancel_;
  Napi::FunctionReference on_released_;
  Napi::FunctionReference on_object_;
  Napi::FunctionReference on_target_;
  Napi::FunctionReference on_idle_;
  Napi::FunctionReference on_unused_;
};

class NodeServer::Handler::Arrival final : public JsTask {
 public:
  Arrival(std::shared_ptr<Handler> handler, std::shared_ptr<ServerCall> call)
      : handler_(std::move(handler)), call_(std::move(call)) {}

  void Run(Napi::Env env) override { handler_->Deliver(env, call_); }
  // JavaScript did not get the call, so nobody will answer it.
  void Abandon() noexcept override {
    try {
      call_->Complete(CallResult::Failed(CO_E_SERVER_STOPPING));
    } catch (...) {
      // Out of memory. The call is held until the process ends, which it is about to do.
    }
  }

 private:
  const std::shared_ptr<Handler> handler_;
  const std::shared_ptr<ServerCall> call_;
};

class NodeServer::Handler::Cancellation final : public JsTask {
 public:
  Cancellation(std::shared_ptr<Handler> handler, std::shared_ptr<ServerCall> call)
      : handler_(std::move(handler)), call_(std::move(call)) {}

  void Run(Napi::Env env) override { handler_->DeliverCancellation(env, *call_); }

 private:
  const std::shared_ptr<Handler> handler_;
  const std::shared_ptr<ServerCall> call_;
};

class NodeServer::Handler::Release final : public JsTask {
 public:
  Release(std::shared_ptr<Handler> handler, ObjectId object)
      : handler_(std::move(handler)), object_(object) {}

  void Run(Napi::Env env) override { handler_->DeliverRelease(env, object_); }

 private:
  const std::shared_ptr<Handler> handler_;
  const ObjectId object_;
};

class NodeServer::Handler::Notice final : public JsTask {
 public:
  Notice(std::shared_ptr<Handler> handler, void (Handler::*deliver)())
      : handler_(std::move(handler)), deliver_(deliver) {}

  void Run(Napi::Env) override { (*handler_.*deliver_)(); }

 private:
  const std::shared_ptr<Handler> handler_;
  void (Handler::*const deliver_)();
};

bool NodeServer::Handler::Arrived(std::shared_ptr<ServerCall> call) noexcept {
  try {
    std::unique_ptr<JsTask> task = std::make_unique<Arrival>(shared_from_this(), std::move(call));
    return queue_->Post(task);
  } catch (...) {
    return false;
  }
}

void NodeServer::Handler::Cancelled(std::shared_ptr<ServerCall> call) noexcept {
  try {
    std::unique_ptr<JsTask> task =
        std::make_unique<Cancellation>(shared_from_this(), std::move(call));
    // If the environment is ending, its calls are ended, too.
    std::ignore = queue_->Post(task);
  } catch (...) {
    // Out of memory. The handler is not told, and continues.
  }
}

void NodeServer::Handler::Released(ObjectId object) noexcept {
  try {
    std::unique_ptr<JsTask> task = std::make_unique<Release>(shared_from_this(), object);
    // If the environment is ending, so do its objects.
    std::ignore = queue_->Post(task);
  } catch (...) {
    // Out of memory. The object is kept until the server closes.
  }
}

void NodeServer::Handler::Idle() noexcept { Post(&Handler::DeliverIdle); }

void NodeServer::Handler::Unused() noexcept { Post(&Handler::DeliverUnused); }

void NodeServer::Handler::Post(void (Handler::*deliver)()) noexcept {
  try {
    std::unique_ptr<JsTask> task = std::make_unique<Notice>(shared_from_this(), deliver);
    std::ignore = queue_->Post(task);
  } catch (...) {
    // Out of memory. The process can no longer close in order.
  }
}

namespace {

CallResult Refused(Napi::Env env, const WrongArgument& wrong) {
  CallResult result;
  result.handler_error = wrong.hresult;
  result.source = Bstr(L"async-com");
  result.description = BstrFromJs(Napi::String::New(env, wrong.why));
  result.wrong_argument = wrong.argument;
  return result;
}

}  // namespace

void NodeServer::Handler::Deliver(Napi::Env env, const std::shared_ptr<ServerCall>& call) {
  // The call ended before JavaScript got it. What the caller passed may no longer exist.
  if (call->IsStaged()) {
    return;
  }
  if (on_call_.IsEmpty()) {
    call->Complete(CallResult::Failed(CO_E_SERVER_STOPPING));
    return;
  }
  try {
    const ObjectScope objects(env, ContextOf(*call, *server_));
    const Napi::Object node_call = NodeServerCall::New(env, call, server_);
    const Member* const member = call->GetMember();
    const Napi::String name =
        member == nullptr ? BstrToJs(env, call->Method()) : WideToJs(env, member->name);
    const Napi::Array arguments = ArgumentsOfCall(env, *call);
    on_call_.Call({node_call, name, arguments});
  } catch (const WrongArgument& wrong) {
    call->Complete(Refused(env, wrong));
  } catch (const Napi::Error&) {
    // The environment is ending.
    call->Complete(CallResult::Failed(CO_E_SERVER_STOPPING));
  } catch (const WindowsFailure& failure) {
    call->Complete(CallResult::Failed(failure.Result()));
  } catch (const std::exception&) {
    call->Complete(CallResult::Failed(E_OUTOFMEMORY));
  }
}

// Before JavaScript has the call it does not know the call's id. NodeServerCall then says later
// that the call was cancelled.
void NodeServer::Handler::DeliverCancellation(Napi::Env env, const ServerCall& call) {
  if (!on_cancel_.IsEmpty()) {
    on_cancel_.Call({Napi::Number::New(env, static_cast<double>(call.Id())),
                     HResultToJs(env, call.Cancelled())});
  }
}

void NodeServer::Handler::DeliverRelease(Napi::Env env, ObjectId object) {
  if (!on_released_.IsEmpty()) {
    on_released_.Call({Napi::Number::New(env, static_cast<double>(object))});
  }
}

void NodeServer::Handler::DeliverIdle() {
  if (on_idle_.IsEmpty()) {
    return;
  }
  // No more calls arrive. Releasing the functions lets JavaScript collect what they hold, which is
  // the server itself.
  const Napi::Function on_idle = on_idle_.Value();
  Forget();
  on_idle.Call({});
}

void NodeServer::Handler::DeliverUnused() {
  if (!on_unused_.IsEmpty()) {
    on_unused_.Call({});
  }
}

Napi::Function NodeServer::Define(Napi::Env env) {
  return DefineClass(
      env, "Server",
      {InstanceMethod<&NodeServer::Listen>("listen"), InstanceMethod<&NodeServer::Revoke>("revoke"),
       InstanceMethod<&NodeServer::Stop>("stop"), InstanceMethod<&NodeServer::EndCalls>("endCalls"),
       InstanceMethod<&NodeServer::Disconnect>("disconnect"),
       InstanceMethod<&NodeServer::Hold>("hold"), InstanceMethod<&NodeServer::LetGo>("letGo"),
       InstanceAccessor<&NodeServer::CallsInProgress>("callsInProgress")});
}

NodeServer::NodeServer(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const Napi::Env env = info.Env();
  const auto options = info[0].As<Napi::Object>();
  CLSID clsid{};
  if (FAILED(IIDFromString(WideFromJs(options.Get("clsid")).c_str(), &clsid))) {
    throw Napi::TypeError::New(env, "clsid must be a GUID in braces");
  }
  AddonData& addon = AddonData::Of(env);
  handler_ = std::make_shared<Handler>(*this, addon.queue, options);
  const auto object_class =
      NodeObjectClass::Unwrap(options.Get("objectClass").As<Napi::Object>())->Get();
  server_ = Server::Create(clsid, options.Get("mostCalls").As<Napi::Number>().Uint32Value(),
                           options.Get("callObject").ToBoolean(), handler_, object_class,
                           options.Get("creates").ToBoolean());
  addon.servers.insert(this);
}

NodeServer::~NodeServer() {
  if (handler_ == nullptr) {
    return;
  }
  try {
    handler_->ServerIsGone();
    handler_->Forget();
    AddonData::Of(Env()).servers.erase(this);
  } catch (...) {
    // The environment is ending, and releases both itself.
  }
}

Napi::Value NodeServer::Listen(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoRegisterClassObject";
  const bool suspended = info[0].As<Napi::Boolean>();
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation, [server = server_, suspended] {
    return Outcome::Here(suspended ? server->ListenSuspended() : server->Listen(), kOperation);
  });
}

Napi::Value NodeServer::Revoke(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoRevokeClassObject";
  return RunOnPool(info.Env(), ThreadPool::Worker(), kOperation,
                   [server = server_] { return Outcome::Here(server->Revoke(), kOperation); });
}

// onObject(value) returns { objectClass, id, isEnumerator, adopt(id) }.
NodeServer::Sent NodeServer::ObjectFor(const Napi::Object& value, const ServerCall* call) {
  if (handler_->OnObject().IsEmpty()) {
    throw Napi::TypeError::New(value.Env(), "the server is closed, and sends no objects");
  }
  const auto said = handler_->OnObject().Call({value}).As<Napi::Object>();
  Sent sent;
  sent.is_enumerator = said.Get("isEnumerator").ToBoolean();
  const auto id = static_cast<ObjectId>(said.Get("id").As<Napi::Number>().Int64Value());
  ComPtr<ServerObject> object = id == 0 ? nullptr : server_->FindObject(id);
  if (object == nullptr) {
    const Napi::Value object_class = said.Get("objectClass");
    object =
        server_->NewObject(NodeObjectClass::Unwrap(object_class.As<Napi::Object>())->Get(), call);
    said.Get("adopt").As<Napi::Function>().Call(
        {Napi::Number::New(value.Env(), static_cast<double>(object->Id()))});
  }
  if (sent.is_enumerator) {
    sent.object = MakeCom<Enumerator>(std::move(object));
  } else {
    sent.object = static_cast<IDispatch*>(object.Get());
  }
  return sent;
}

Napi::Value NodeServer::TargetOf(ObjectId object) {
  return handler_->OnTarget().IsEmpty()
             ? Env().Undefined()
             : handler_->OnTarget().Call({Napi::Number::New(Env(), static_cast<double>(object))});
}

void NodeServer::Stop(const Napi::CallbackInfo&) { server_->Stop(); }

void NodeServer::EndCalls(const Napi::CallbackInfo& info) {
  server_->EndCalls(info[0].As<Napi::Number>().Int32Value());
}

Napi::Value NodeServer::Disconnect(const Napi::CallbackInfo& info) {
  return RunOnPool(info.Env(), ThreadPool::Worker(), "CoDisconnectObject",
                   [server = server_] { server->Disconnect(); });
}

Napi::Value NodeServer::CallsInProgress(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(server_->CallsInProgress()));
}

// Between Hold and LetGo the event loop stays alive and the server is not collected.
void NodeServer::Hold(const Napi::CallbackInfo& info) {
  Ref();
  AddonData::Of(info.Env()).queue->Hold();
}

void NodeServer::LetGo(const Napi::CallbackInfo& info) {
  Unref();
  AddonData::Of(info.Env()).queue->LetGo();
}

}  // namespace async_com
