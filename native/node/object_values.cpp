#include "node/object_values.h"

#include <utility>

#include "node/addon_data.h"
#include "node/object_context.h"
#include "node/remote_object.h"
#include "node/server.h"
#include "server/server_object.h"

namespace async_com {

namespace {

Variant VariantOf(VARTYPE type, IUnknown* referenced) noexcept {
  Variant variant;
  VARIANT* const value = variant.Put();
  value->vt = type;
  value->punkVal = referenced;
  return variant;
}

// Returns the object if it is one of this process's servers. A proxy is never asked: that could
// wait for another process.
ComPtr<ServerObject> OwnObject(IUnknown* object) {
  ComPtr<IClientSecurity> proxy;
  if (SUCCEEDED(object->QueryInterface(IID_PPV_ARGS(&proxy)))) {
    return nullptr;
  }
  return ServerObject::From(object);
}

}  // namespace

Napi::Value ObjectToJs(Napi::Env env, const VARIANT& value, const ValuePath& path) {
  IUnknown* const object = value.punkVal;
  if (object == nullptr) {
    return env.Null();
  }
  AddonData& addon = AddonData::Of(env);
  const ObjectContext* const context = addon.object_context;
  if (context == nullptr || addon.values.make_remote.IsEmpty()) {
    path.Refuse(env, "is an object");
  }
  if (context->server != nullptr) {
    if (const auto own = OwnObject(object);
        own != nullptr && own->GetServer() == context->server->Get()) {
      const Napi::Value target = context->server->TargetOf(own->Id());
      if (target.IsObject()) {
        return target;
      }
    }
  }
  return addon.values.make_remote.Call(
      {NodeRemoteObject::New(env, std::make_shared<RemoteObject>(
                                      object, value.vt == VT_DISPATCH ? value.pdispVal : nullptr,
                                      context->peer(), addon.calls))});
}

Variant LocalObjectFromJs(const Napi::Object& value, const ValuePath& path) {
  const Napi::Env env = value.Env();
  AddonData& addon = AddonData::Of(env);
  const ObjectContext* const context = addon.object_context;
  NodeServer* server = context == nullptr ? nullptr : context->server;
  if (server == nullptr && !addon.values.object_server.IsEmpty()) {
    server = NodeServer::Unwrap(addon.values.object_server.Call({}).As<Napi::Object>());
  }
  if (server == nullptr) {
    path.Refuse(env, "is an object that cannot be sent from here");
  }
  NodeServer::Sent sent = server->ObjectFor(value, context == nullptr ? nullptr : context->call);
  return VariantOf(sent.is_enumerator ? VT_UNKNOWN : VT_DISPATCH, sent.object.Detach());
}

Variant RemoteObjectFromJs(const Napi::Object& native, const ValuePath& path) {
  const auto& remote = NodeRemoteObject::Unwrap(native)->Get();
  if (remote == nullptr) {
    path.Refuse(native.Env(), "is an object that was released");
  }
  // An object that nobody has used yet is not asked whether it has IDispatch: that could wait for
  // another process.
  if (ComPtr<IDispatch> dispatch = remote->KnownDispatch()) {
    return VariantOf(VT_DISPATCH, dispatch.Detach());
  }
  ComPtr<IUnknown> object(remote->Object());
  return VariantOf(VT_UNKNOWN, object.Detach());
}

}  // namespace async_com
