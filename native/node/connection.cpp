#include "node/connection.h"

#include <string>
#include <utility>

#include "node/addon_data.h"
#include "node/blanket.h"
#include "node/client_call.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "node/value.h"

namespace async_com {

namespace {

constexpr const char* kCall = "IMethodCall::Call";

// Runs `body(connection)`, which returns an Outcome or nothing, on a client thread, because it may
// wait for the other process.
template <typename Body>
Napi::Value RunOnClientThread(Napi::Env env, const std::shared_ptr<Connection>& connection,
                              const char* operation, Body body) {
  if (connection == nullptr) {
    return Settled(env, Outcome::Here(CO_E_OBJNOTCONNECTED, operation));
  }
  const Peer& peer = connection->GetPeer();
  // With COM's call objects, any number of calls take few threads.
  return RunOnPool(env, connection->HasCallFactory() ? peer.Begins() : peer.Calls(), operation,
                   [connection, body = std::move(body)] { return body(connection); });
}

}  // namespace

Napi::Function NodeConnection::Define(Napi::Env env) {
  return DefineClass(env, "Connection",
                     {InstanceAccessor<&NodeConnection::HasCallFactory>("hasCallFactory"),
                      InstanceMethod<&NodeConnection::Call>("call"),
                      InstanceMethod<&NodeConnection::CallCancellable>("callCancellable"),
                      InstanceMethod<&NodeConnection::CreateCall>("createCall"),
                      InstanceMethod<&NodeConnection::SetBlanket>("setBlanket"),
                      InstanceMethod<&NodeConnection::QueryBlanket>("queryBlanket"),
                      InstanceMethod<&NodeConnection::Close>("close")});
}

NodeConnection::NodeConnection(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeConnection::New(Napi::Env env, std::shared_ptr<Connection> connection) {
  const Napi::Object object = AddonData::Of(env).connection_class.New({});
  Unwrap(object)->connection_ = std::move(connection);
  return object;
}

Napi::Value NodeConnection::Connect(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoCreateInstance";
  const std::wstring name = WideFromJs(info[0]);
  const std::wstring host = info[1].IsString() ? WideFromJs(info[1]) : std::wstring();
  const auto peer = Peer::Of(name, host);
  return RunOnPool(info.Env(), peer->Calls(), kOperation,
                   [name, host, peer, blanket = BlanketOptionsFromJs(info[2]),
                    calls = AddonData::Of(info.Env()).calls] {
                     return Outcome::WithValue(
                         kOperation, Connection::Activate(name, host, blanket, peer, calls), New);
                   });
}

Napi::Value NodeConnection::HasCallFactory(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), connection_ != nullptr && connection_->HasCallFactory());
}

// Makes the call for the arguments (method, args, blanket). The call settles `promise` when it has
// ended. Returns null, and a settled promise, if the connection is closed.
std::shared_ptr<OutgoingCall> NodeConnection::CallFrom(const Napi::CallbackInfo& info,
                                                       OutgoingCall::Form form,
                                                       Napi::Value& promise) {
  const Napi::Env env = info.Env();
  Bstr method = BstrFromJs(info[0]);
  SafeArray arguments = ArgumentsFromJs(info[1].As<Napi::Array>(), "arguments");
  if (connection_ == nullptr) {
    promise = Settled(env, Outcome::Here(CO_E_OBJNOTCONNECTED, kCall));
    return nullptr;
  }
  auto promised = std::make_shared<Promised>(Promised::Create(env));
  promise = promised->Promise();
  return std::make_shared<OutgoingCall>(
      connection_, std::move(method), std::move(arguments), BlanketOptionsFromJs(info[2]), form,
      [promised, peer = connection_->SharedPeer()](CallResult result) {
        promised->Settle(OutcomeOfCall(std::move(result), kCall, peer));
      });
}

// call(method, args, blanket, synchronous)
Napi::Value NodeConnection::Call(const Napi::CallbackInfo& info) {
  Napi::Value promise;
  const auto form = info[3].ToBoolean() ? OutgoingCall::Form::kSynchronous
                                        : OutgoingCall::Form::kAsynchronousIfOffered;
  if (const auto call = CallFrom(info, form, promise)) {
    // The call can be cancelled when the environment ends.
    if (form == OutgoingCall::Form::kAsynchronousIfOffered) {
      call->MakeCancellable();
    }
    call->Start();
  }
  return promise;
}

// callCancellable(method, args, blanket): returns { outcome, cancel() }
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
  constexpr const char* kOperation = "ICallFactory::CreateCall";
  return RunOnClientThread(
      info.Env(), connection_, kOperation, [](const std::shared_ptr<Connection>& connection) {
        return Outcome::WithValue(kOperation, std::make_shared<ClientCall>(connection),
                                  NodeClientCall::New);
      });
}

Napi::Value NodeConnection::SetBlanket(const Napi::CallbackInfo& info) {
  return RunOnClientThread(
      info.Env(), connection_, "IClientSecurity::SetBlanket",
      [blanket = BlanketOptionsFromJs(info[0])](const std::shared_ptr<Connection>& connection) {
        connection->SetBlanket(blanket);
      });
}

Napi::Value NodeConnection::QueryBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IClientSecurity::QueryBlanket";
  return RunOnClientThread(
      info.Env(), connection_, kOperation, [](const std::shared_ptr<Connection>& connection) {
        return Outcome::WithValue(kOperation, connection->QueryBlanket(), BlanketToJs);
      });
}

void NodeConnection::Close(const Napi::CallbackInfo&) { connection_.reset(); }

}  // namespace async_com
