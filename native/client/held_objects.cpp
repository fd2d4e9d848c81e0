#include "client/held_objects.h"

#include <utility>

#include "com/wine.h"

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
    peer.Releases().Run(MakeTask([released = std::move(objects)]() mutable { released.clear(); }));
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

CallResult ResultFromOuts(HRESULT called, Variant out, const CallError& error,
                          std::shared_ptr<Peer> peer) {
  CallResult result;
  result.hresult = called;
  if (FAILED(called) && MayLeaveOuts(called) && (out.Get().vt & (VT_ARRAY | VT_BYREF)) != 0) {
    // Nobody can free what is there. That it stays in memory is better than a crash.
    out.Detach();
  }
  *result.source.Put() = error.source;
  *result.description.Put() = error.description;
  // If the call failed, its out parameters mean nothing.
  result.handler_error = FAILED(called) ? S_OK : error.code;
  result.held = HoldObjects(out, std::move(peer));
  result.value = std::move(out);
  return result;
}

}  // namespace async_com
