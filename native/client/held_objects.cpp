#include "client/held_objects.h"

#include <utility>

namespace async_com {

namespace {

struct HeldObjects {
  std::vector<ComPtr<IUnknown>> objects;
  std::shared_ptr<Peer> peer;

  HeldObjects(std::vector<ComPtr<IUnknown>> its_objects, std::shared_ptr<Peer> its_peer) noexcept
      : objects(std::move(its_objects)), peer(std::move(its_peer)) {}
  HeldObjects(const HeldObjects&) = delete;
  HeldObjects& operator=(const HeldObjects&) = delete;
  ~HeldObjects() { ReleaseElsewhere(std::move(objects), *peer); }
};

}  // namespace

void ReleaseElsewhere(std::vector<ComPtr<IUnknown>> objects, Peer& peer) noexcept {
  if (objects.empty()) {
    return;
  }
  try {
    peer.Errands().Run(MakeTask([released = std::move(objects)]() mutable { released.clear(); }));
  } catch (...) {
    // No thread is available. Destroying the task has released the objects on this thread.
  }
}

std::shared_ptr<void> HoldObjects(Variant& value, std::shared_ptr<Peer> peer) {
  std::vector<ComPtr<IUnknown>> objects;
  value.KeepObjects(objects);
  return objects.empty() ? nullptr
                         : std::make_shared<HeldObjects>(std::move(objects), std::move(peer));
}

}  // namespace async_com
