#pragma once

#include <napi.h>

#include <functional>
#include <memory>
#include <utility>

#include "client/peer.h"
#include "node/addon_data.h"

namespace async_com {

class NodeServer;
class ServerCall;

// What becomes of the objects in the values that are converted. The JavaScript thread has one at a
// time, as long as an ObjectScope lasts.
struct ObjectContext {
  // The process that the values come from, or go to.
  std::function<std::shared_ptr<Peer>()> peer;
  // The server whose objects are sent. Null for the values of a client.
  NodeServer* server = nullptr;
  // The call whose client gets them. Null for the values of a client.
  ServerCall* call = nullptr;
};

class ObjectScope {
 public:
  ObjectScope(Napi::Env env, ObjectContext context)
      : addon_(AddonData::Of(env)),
        context_(std::move(context)),
        outer_(std::exchange(addon_.object_context, &context_)) {}
  ObjectScope(const ObjectScope&) = delete;
  ObjectScope& operator=(const ObjectScope&) = delete;
  ~ObjectScope() { addon_.object_context = outer_; }

 private:
  AddonData& addon_;
  const ObjectContext context_;
  const ObjectContext* const outer_;
};

}  // namespace async_com
