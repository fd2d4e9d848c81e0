#pragma once

#include <napi.h>

#include <memory>

#include "server/object_class.h"

namespace async_com {

// The class that JavaScript sees for an ObjectClass: `new ObjectClass(iid, members, library,
// libraryClass)`. `library` is null, or what LibraryFromJs reads.
// NativeMember in lib/native/server.ts declares what a member is.
class NodeObjectClass final : public Napi::ObjectWrap<NodeObjectClass> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit NodeObjectClass(const Napi::CallbackInfo& info);

  const std::shared_ptr<const ObjectClass>& Get() const noexcept { return object_class_; }

 private:
  std::shared_ptr<const ObjectClass> object_class_;
};

}  // namespace async_com
