#include "node/server.h"

#include <objbase.h>

#include <exception>
#include <string>
#include <utility>

#include "call/thread_pool.h"
#include "node/addon_data.h"
#include "node/call.h"
#include "node/outcome.h"
#include "node/value.h"

namespace async_com {

// Brings what the server tells to JavaScript. Its functions belong to the JavaScript thread, which
// alone lets go of them, through Forget.
class NodeServer::Handler final : public CallHandler,
                                  public std::enable_shared_from_this<NodeServer::Handler> {
 public:
  Handler(std::shared_ptr<JsQueue> queue, const Napi::Function& on_call,
          const Napi::Function& on_cancel, const Napi::Function& on_idle,
          const Napi::Function& on_unused)
      : queue_(std::move(queue)),
        on_call_(Napi::Persistent(on_call)),
        on_cancel_(Napi::Persistent(on_cancel)),
        on_idle_(Napi::Persistent(on_idle)),
        on_unused_(Napi::Persistent(on_unused)) {}

  bool Arrived(std::shared_ptr<Call> call) noexcept override;
  void Cancelled(std::shared_ptr<Call> call) noexcept override;
  void Idle() noexcept override;
  void Unused() noexcept override;

  void Deliver(Napi::Env env, const std::shared_ptr<Call>& call);
  void DeliverCancellation(Napi::Env env, const Call& call);
  void DeliverIdle();
  void DeliverUnused();
  void Forget() {
    on_call_.Reset();
    on_cancel_.Reset();
    on_idle_.Reset();
    on_unused_.Reset();
  }

 private:
  class Arrival;
  class Cancellation;
  class Notice;

  void Post(void (Handler::*deliver)()) noexcept;

  const std::shared_ptr<JsQueue> queue_;
  Napi::FunctionReference on_call_;
  Napi::FunctionReference on_cancel_;
  Napi::FunctionReference on_idle_;
  Napi::FunctionReference on_unused_;
};

class NodeServer::Handler::Arrival final : public JsTask {
 public:
  Arrival(std::shared_ptr<Handler> handler, std::shared_ptr<Call> call)
      : handler_(std::move(handler)), call_(std::move(call)) {}

  // Nobody will answer a call that JavaScript did not get.
  ~Arrival() override {
    if (call_ != nullptr) {
      call_->Complete(CallResult::Failed(CO_E_SERVER_STOPPING));
    }
  }

  void Run(Napi::Env env) override {
    const auto call = std::move(call_);
    handler_->Deliver(env, call);
  }

 private:
  const std::shared_ptr<Handler> handler_;
  std::shared_ptr<Call> call_;
};

class NodeServer::Handler::Cancellation final : public JsTask {
 public:
  Cancellation(std::shared_ptr<Handler> handler, std::shared_ptr<Call> call)
      : handler_(std::move(handler)), call_(std::move(call)) {}

  void Run(Napi::Env env) override { handler_->DeliverCancellation(env, *call_); }

 private:
  const std::shared_ptr<Handler> handler_;
  const std::shared_ptr<Call> call_;
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

bool NodeServer::Handler::Arrived(std::shared_ptr<Call> call) noexcept {
  try {
    // A refused arrival completes the call, as one that is dropped later does.
    queue_->Post(std::make_unique<Arrival>(shared_from_this(), std::move(call)));
    return true;
  } catch (...) {
    return false;
  }
}

void NodeServer::Handler::Cancelled(std::shared_ptr<Call> call) noexcept {
  try {
    queue_->Post(std::make_unique<Cancellation>(shared_from_this(), std::move(call)));
  } catch (...) {
    // Out of memory: the handler is not told, and goes on.
  }
}

void NodeServer::Handler::Idle() noexcept { Post(&Handler::DeliverIdle); }

void NodeServer::Handler::Unused() noexcept { Post(&Handler::DeliverUnused); }

void NodeServer::Handler::Post(void (Handler::*deliver)()) noexcept {
  try {
    queue_->Post(std::make_unique<Notice>(shared_from_this(), deliver));
  } catch (...) {
    // Out of memory, so out of a process that could close in order.
  }
}

namespace {

CallResult Refused(const Napi::Error& error) {
  std::u16string text;
  try {
    text = error.Value().Get("message").ToString();
  } catch (const Napi::Error&) {
    // The environment is ending: it was not the arguments.
    return CallResult::Failed(CO_E_SERVER_STOPPING);
  }
  CallResult result;
  result.handler_error = DISP_E_TYPEMISMATCH;
  result.source = Bstr(L"async-com");
  result.description =
      Bstr(std::wstring_view(reinterpret_cast<const wchar_t*>(text.data()), text.size()));
  return result;
}

}  // namespace

void NodeServer::Handler::Deliver(Napi::Env env, const std::shared_ptr<Call>& call) {
  // Ended before JavaScript came to it: what the caller passed may be gone.
  if (call->IsStaged()) {
    return;
  }
  if (on_call_.IsEmpty()) {
    call->Complete(CallResult::Failed(CO_E_SERVER_STOPPING));
    return;
  }
  try {
    const Napi::Object node_call = NodeCall::New(env, call);
    const UINT length = SysStringLen(call->Method());
    const Napi::String method = Napi::String::New(
        env, length == 0 ? u"" : reinterpret_cast<const char16_t*>(call->Method()), length);
    const Napi::Array arguments = ArgumentsToJs(env, call->Arguments(), "arguments");
    on_call_.Call({node_call, method, arguments});
  } catch (const Napi::Error& error) {
    call->Complete(Refused(error));
  } catch (const WindowsFailure& failure) {
    call->Complete(CallResult::Failed(failure.Result()));
  } catch (const std::exception&) {
    call->Complete(CallResult::Failed(E_OUTOFMEMORY));
  }
}

// Before the call's own delivery nobody knows its id: NodeCall tells then.
void NodeServer::Handler::DeliverCancellation(Napi::Env env, const Call& call) {
  if (!on_cancel_.IsEmpty()) {
    on_cancel_.Call({Napi::Number::New(env, static_cast<double>(call.Id())),
                     HResultToJs(env, call.Cancelled())});
  }
}

void NodeServer::Handler::DeliverIdle() {
  if (on_idle_.IsEmpty()) {
    return;
  }
  // No call comes any more. What the functions hold, the server itself, may be collected.
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
  const std::u16string text = info[0].As<Napi::String>();
  CLSID clsid{};
  if (FAILED(IIDFromString(reinterpret_cast<const wchar_t*>(text.c_str()), &clsid))) {
    throw Napi::TypeError::New(env, "clsid is not a GUID in braces");
  }
  AddonData& addon = AddonData::Of(env);
  handler_ = std::make_shared<Handler>(addon.queue, info[2].As<Napi::Function>(),
                                       info[3].As<Napi::Function>(), info[4].As<Napi::Function>(),
                                       info[5].As<Napi::Function>());
  server_ = std::make_shared<Server>(clsid, info[1].As<Napi::Number>().Uint32Value(),
                                     info[6].ToBoolean(), handler_);
  addon.servers.insert(this);
}

NodeServer::~NodeServer() {
  if (handler_ == nullptr) {
    return;
  }
  try {
    handler_->Forget();
    AddonData::Of(Env()).servers.erase(this);
  } catch (...) {
    // The environment is ending, and forgets both itself.
  }
}

Napi::Value NodeServer::Listen(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  const bool suspended = info[0].As<Napi::Boolean>();
  ThreadPool::Worker().Run(
      MakeTask([server = server_, suspended, promised = std::move(promised)]() mutable {
        promised.Settle(OutcomeOf("CoRegisterClassObject", [&] {
          return Outcome::Here(suspended ? server->ListenSuspended() : server->Listen(),
                               "CoRegisterClassObject");
        }));
      }));
  return promise;
}

Napi::Value NodeServer::Revoke(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([server = server_, promised = std::move(promised)]() mutable {
    promised.Settle(Outcome::Here(server->Revoke(), "CoRevokeClassObject"));
  }));
  return promise;
}

void NodeServer::Stop(const Napi::CallbackInfo&) { server_->Stop(); }

void NodeServer::EndCalls(const Napi::CallbackInfo& info) {
  server_->EndCalls(info[0].As<Napi::Number>().Int32Value());
}

Napi::Value NodeServer::Disconnect(const Napi::CallbackInfo& info) {
  Promised promised = Promised::Create(info.Env(), AddonData::Of(info.Env()).queue);
  const Napi::Promise promise = promised.Promise();
  ThreadPool::Worker().Run(MakeTask([server = server_, promised = std::move(promised)]() mutable {
    server->Disconnect();
    promised.Settle(Outcome::Here(S_OK, "CoDisconnectObject"));
  }));
  return promise;
}

Napi::Value NodeServer::CallsInProgress(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(server_->CallsInProgress()));
}

// The event loop goes on, and the server is not collected, in between.
void NodeServer::Hold(const Napi::CallbackInfo& info) {
  Ref();
  AddonData::Of(info.Env()).queue->Hold();
}

void NodeServer::LetGo(const Napi::CallbackInfo& info) {
  Unref();
  AddonData::Of(info.Env()).queue->LetGo();
}

}  // namespace async_com
