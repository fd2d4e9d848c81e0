#pragma once

#include <napi.h>

#include <memory>
#include <unordered_set>

#include "client/call_group.h"
#include "node/js_queue.h"
#include "node/value_functions.h"

namespace async_com {

class NodeServer;
struct ObjectContext;

// What the addon keeps for one environment: the main thread's or a worker's.
class AddonData {
 public:
  static AddonData& Of(Napi::Env env) { return *env.GetInstanceData<AddonData>(); }

  explicit AddonData(Napi::Env env) : queue(JsQueue::Create(env)) {}
  AddonData(const AddonData&) = delete;
  AddonData& operator=(const AddonData&) = delete;
  // Node has finalized every object by then. Waits a bounded time until what the objects held has
  // been released, above all objects of servers in other processes.
  ~AddonData();

  // Called on the environment's thread when the environment ends. Cancels every outgoing call. On
  // Wine it does not do so if the process ends: telling the servers may open connections that the
  // end of the process cuts off, and after that a server under Wine sometimes accepts no others.
  // The servers notice the end of the process themselves. Ends every incoming call in progress with
  // an error, waits a bounded time for Begin_ to return from each, and then revokes the servers'
  // class objects and disconnects their clients.
  void Shutdown() noexcept;

  const std::shared_ptr<JsQueue> queue;
  // The outgoing calls of the environment.
  const std::shared_ptr<CallGroup> calls = std::make_shared<CallGroup>();
  std::unordered_set<NodeServer*> servers;
  // Set while an ObjectScope lasts.
  const ObjectContext* object_context = nullptr;
  bool process_ends = false;
  ValueFunctions values;
  Napi::FunctionReference server_call_class;
  Napi::FunctionReference helper_thread_class;
  Napi::FunctionReference token_class;
  Napi::FunctionReference connection_class;
  Napi::FunctionReference client_call_class;
  Napi::FunctionReference remote_object_class;
};

}  // namespace async_com
