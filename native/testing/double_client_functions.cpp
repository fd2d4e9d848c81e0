#include "testing/double_client_functions.h"

#include <cstdint>
#include <memory>
#include <string>

#include "node/addon_data.h"
#include "node/connection.h"
#include "node/utf16.h"
#include "testing/double_client_proxy.h"
#include "testing/double_client_state.h"

namespace async_com {

namespace {

DoubleClientOptions OptionsFromJs(const Napi::Object& from) {
  DoubleClientOptions options;
  const auto flag = [&from](const char* name, bool& value) {
    if (from.Has(name)) {
      value = from.Get(name).ToBoolean();
    }
  };
  const auto hresult = [&from](const char* name, HRESULT& value) {
    if (from.Has(name)) {
      value = static_cast<HRESULT>(from.Get(name).As<Napi::Number>().Uint32Value());
    }
  };
  flag("aggregates", options.aggregates);
  flag("innerSynchronize", options.inner_synchronize);
  flag("synchronizeHandle", options.synchronize_handle);
  flag("clientSecurity", options.client_security);
  flag("setAtFirst", options.set_at_first);
  flag("cancelCompletesInside", options.cancel_completes_inside);
  flag("signals", options.signals);
  hresult("cancel", options.cancel);
  hresult("cancelled", options.cancelled);
  hresult("begin", options.begin);
  hresult("reset", options.reset);
  hresult("signal", options.signal);
  if (from.Has("callObjects")) {
    options.call_objects = from.Get("callObjects").As<Napi::Number>().Uint32Value();
  }
  return options;
}

std::shared_ptr<DoubleClientState> StateFromJs(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  auto state = DoubleClientState::Find(name);
  if (state == nullptr) {
    throw Napi::TypeError::New(info.Env(), "unknown double: " + name);
  }
  return state;
}

// connectToDouble(name, options): returns a connection.
Napi::Value ConnectToDouble(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  auto state = DoubleClientState::Named(name, OptionsFromJs(info[1].As<Napi::Object>()));
  return NodeConnection::New(info.Env(),
                             std::make_shared<Connection>(MakeDoubleClientProxy(std::move(state)),
                                                          Peer::Of(WideFromJs(info[0]), {}),
                                                          AddonData::Of(info.Env()).calls));
}

// letGoOfDouble(name): completes the calls that are held.
void LetGoOfDouble(const Napi::CallbackInfo& info) { StateFromJs(info)->LetGo(); }

// countsOfDouble(name): see DoubleClientCounts.
Napi::Value CountsOfDouble(const Napi::CallbackInfo& info) {
  const DoubleClientCounts counts = StateFromJs(info)->Counts();
  auto object = Napi::Object::New(info.Env());
  const auto set = [&](const char* name, std::size_t count) {
    object.Set(name, Napi::Number::New(info.Env(), static_cast<double>(count)));
  };
  set("created", counts.created);
  set("aggregated", counts.aggregated);
  set("objects", counts.objects);
  set("held", counts.held);
  set("begun", counts.begun);
  set("finished", counts.finished);
  set("synchronous", counts.synchronous);
  set("cancelled", counts.cancelled);
  auto wrong = Napi::Array::New(info.Env(), counts.wrong.size());
  for (std::uint32_t index = 0; index < counts.wrong.size(); ++index) {
    wrong.Set(index, Napi::String::New(info.Env(), counts.wrong[index]));
  }
  object.Set("wrong", wrong);
  return object;
}

}  // namespace

void AddDoubleClientFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("connectToDouble", Napi::Function::New<ConnectToDouble>(env, "connectToDouble"));
  exports.Set("letGoOfDouble", Napi::Function::New<LetGoOfDouble>(env, "letGoOfDouble"));
  exports.Set("countsOfDouble", Napi::Function::New<CountsOfDouble>(env, "countsOfDouble"));
}

}  // namespace async_com
