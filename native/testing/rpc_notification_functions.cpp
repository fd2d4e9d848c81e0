#include "testing/rpc_notification_functions.h"

#include <windows.h>

#include <cstdint>

#include "testing/double/rpc_notifications_double.h"

namespace async_com {

namespace {

// rpcNotifications(): returns { subscriptions, complaints }.
Napi::Value RpcNotificationsToJs(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto subscriptions = RpcSubscriptions();
  auto all = Napi::Array::New(env, subscriptions.size());
  for (std::uint32_t index = 0; index < subscriptions.size(); ++index) {
    const RpcSubscription& subscription = subscriptions[index];
    const bool cancel = subscription.notification == RpcNotificationCallCancel;
    auto one = Napi::Object::New(env);
    one.Set("notification", Napi::String::New(env, cancel ? "cancel" : "disconnect"));
    one.Set("active", Napi::Boolean::New(env, subscription.active));
    all.Set(index, one);
  }
  const auto complaints = RpcNotificationComplaints();
  auto texts = Napi::Array::New(env, complaints.size());
  for (std::uint32_t index = 0; index < complaints.size(); ++index) {
    texts.Set(index, Napi::String::New(env, complaints[index]));
  }
  auto object = Napi::Object::New(env);
  object.Set("subscriptions", all);
  object.Set("complaints", texts);
  return object;
}

// sendRpcNotification(index): returns whether there is such a subscription.
Napi::Value SendRpcNotificationFromJs(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(),
                            SendRpcNotification(info[0].As<Napi::Number>().Uint32Value()));
}

// setRpcNotifications({ refuses, ignoresUnsubscribe }).
void SetRpcNotifications(const Napi::CallbackInfo& info) {
  const auto from = info[0].As<Napi::Object>();
  SetRpcNotificationsOptions(
      {from.Get("refuses").ToBoolean(), from.Get("ignoresUnsubscribe").ToBoolean()});
}

// hasRpcNotifications(): returns whether the host has them.
Napi::Value HasRpcNotifications(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(),
                            GetProcAddress(GetModuleHandleW(L"rpcrt4.dll"),
                                           "RpcServerSubscribeForNotification") != nullptr);
}

}  // namespace

void AddRpcNotificationFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("rpcNotifications",
              Napi::Function::New<RpcNotificationsToJs>(env, "rpcNotifications"));
  exports.Set("hasRpcNotifications",
              Napi::Function::New<HasRpcNotifications>(env, "hasRpcNotifications"));
  exports.Set("sendRpcNotification",
              Napi::Function::New<SendRpcNotificationFromJs>(env, "sendRpcNotification"));
  exports.Set("setRpcNotifications",
              Napi::Function::New<SetRpcNotifications>(env, "setRpcNotifications"));
}

}  // namespace async_com
