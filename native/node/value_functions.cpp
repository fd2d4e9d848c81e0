#include "node/value_functions.h"

#include "node/addon_data.h"

namespace async_com {

void UseValueFunctions(const Napi::CallbackInfo& info) {
  ValueFunctions& functions = AddonData::Of(info.Env()).values;
  functions.parts_of = Napi::Persistent(info[0].As<Napi::Function>());
  functions.make_object = Napi::Persistent(info[1].As<Napi::Function>());
  functions.make_map = Napi::Persistent(info[2].As<Napi::Function>());
  functions.make_error = Napi::Persistent(info[3].As<Napi::Function>());
  functions.make_remote = Napi::Persistent(info[4].As<Napi::Function>());
  functions.object_server = Napi::Persistent(info[5].As<Napi::Function>());
}

}  // namespace async_com
