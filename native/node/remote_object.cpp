#include "node/remote_object.h"

#include <string>
#include <utility>

#include "node/addon_data.h"
#include "node/blanket.h"
#include "node/client_call.h"
#include "node/object_context.h"
#include "node/outcome.h"
#include "node/promised.h"
#include "node/utf16.h"
#include "node/value.h"

namespace async_com {

namespace {

constexpr const char* kInvoke = "IDispatch::Invoke";

}  // namespace

Napi::Function NodeRemoteObject::Define(Napi::Env env) {
  return DefineClass(env, "RemoteObject",
                     {InstanceMethod<&NodeRemoteObject::Invoke>("invoke"),
                      InstanceMethod<&NodeRemoteObject::Next>("next"),
                      InstanceMethod<&NodeRemoteObject::SetBlanket>("setBlanket"),
                      InstanceMethod<&NodeRemoteObject::QueryBlanket>("queryBlanket"),
                      InstanceMethod<&NodeRemoteObject::Release>("release")});
}

NodeRemoteObject::NodeRemoteObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeRemoteObject::New(Napi::Env env, std::shared_ptr<RemoteObject> object) {
  const Napi::Object wrapped = AddonData::Of(env).remote_object_class.New({});
  Unwrap(wrapped)->object_ = std::move(object);
  return wrapped;
}

Napi::Value NodeRemoteObject::Create(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "CoCreateInstance";
  const std::wstring name = WideFromJs(info[0]);
  const std::wstring host = info[1].IsString() ? WideFromJs(info[1]) : std::wstring();
  const auto peer = Peer::Of(name, host);
  return RunOnPool(info.Env(), peer->Calls(), kOperation,
                   [name, host, peer, blanket = BlanketOptionsFromJs(info[2]),
                    calls = AddonData::Of(info.Env()).calls] {
                     return Outcome::WithValue(
                         kOperation, RemoteObject::Create(name, host, blanket, peer, calls), New);
                   });
}

// Returns { outcome, cancel() }.
Napi::Value NodeRemoteObject::Start(Napi::Env env, RemoteCall::Body body, const char* operation) {
  auto result = Napi::Object::New(env);
  std::weak_ptr<RemoteCall> weak;
  if (object_ == nullptr) {
    result.Set("outcome", Settled(env, Outcome::Here(CO_E_OBJNOTCONNECTED, operation)));
  } else {
    auto promised = std::make_shared<Promised>(Promised::Create(env));
    result.Set("outcome", promised->Promise());
    const auto call = std::make_shared<RemoteCall>(
        object_, std::move(body),
        [promised, operation, peer = object_->GetPeer()](CallResult ended) {
          promised->Settle(OutcomeOfCall(std::move(ended), operation, peer));
        });
    weak = call;
    call->Start();
  }
  result.Set("cancel", Napi::Function::New(env, [weak](const Napi::CallbackInfo& cancel) {
               const auto running = weak.lock();
               return Napi::Boolean::New(cancel.Env(), running != nullptr && running->Cancel());
             }));
  return result;
}

// invoke(name, flags, args, blanket)
Napi::Value NodeRemoteObject::Invoke(const Napi::CallbackInfo& info) {
  const std::wstring name = WideFromJs(info[0]);
  const auto flags = static_cast<WORD>(info[1].As<Napi::Number>().Uint32Value());
  // std::function must be able to copy what it holds.
  const auto arguments =
      std::make_shared<const SafeArray>(ArgumentsFromJs(info[2].As<Napi::Array>(), "arguments"));
  return Start(
      info.Env(),
      [name, flags, arguments, blanket = BlanketOptionsFromJs(info[3])](RemoteObject& object) {
        return object.Invoke(name, flags, arguments->Get(), blanket);
      },
      kInvoke);
}

// next(count)
Napi::Value NodeRemoteObject::Next(const Napi::CallbackInfo& info) {
  const ULONG count = info[0].As<Napi::Number>().Uint32Value();
  return Start(
      info.Env(), [count](RemoteObject& object) { return object.Next(count); },
      "IEnumVARIANT::Next");
}

Napi::Value NodeRemoteObject::SetBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IClientSecurity::SetBlanket";
  if (object_ == nullptr) {
    return Settled(info.Env(), Outcome::Here(CO_E_OBJNOTCONNECTED, kOperation));
  }
  return RunOnPool(
      info.Env(), object_->GetPeer()->Calls(), kOperation,
      [object = object_, blanket = BlanketOptionsFromJs(info[0])] { object->SetBlanket(blanket); });
}

Napi::Value NodeRemoteObject::QueryBlanket(const Napi::CallbackInfo& info) {
  constexpr const char* kOperation = "IClientSecurity::QueryBlanket";
  if (object_ == nullptr) {
    return Settled(info.Env(), Outcome::Here(CO_E_OBJNOTCONNECTED, kOperation));
  }
  return RunOnPool(info.Env(), object_->GetPeer()->Calls(), kOperation, [object = object_] {
    return Outcome::WithValue(kOperation, object->QueryBlanket(), BlanketToJs);
  });
}

void NodeRemoteObject::Release(const Napi::CallbackInfo&) { object_.reset(); }

}  // namespace async_com
