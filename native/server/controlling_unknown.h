#pragma once

#include <windows.h>

#include <objidl.h>

#include <mutex>
#include <utility>

#include "com/lock.h"
#include "com/object.h"
#include "security/server_security.h"

namespace async_com {

// The controlling unknown of a server call object if COM has none for it. It has the ISynchronize
// that COM's would have. The bridge makes one for each call. ICallFactory::CreateCall makes one for
// a caller that gives no controlling unknown. Any thread may call it.
class ControllingUnknown : public ComObject<ISynchronize> {
 public:
  // Signal calls CallSignalled of `security`, which may be null.
  explicit ControllingUnknown(ComPtr<ServerSecurity> security) : security_(std::move(security)) {}

  // Called before any use, with the server call object. That object was made with this one as its
  // controlling unknown.
  void SetInner(ComPtr<IUnknown> call_object) noexcept { inner_ = std::move(call_object); }

  // For the bridge. Waits until the call is signalled or GiveTurn was called. Returns true if the
  // waiting thread got its turn and the call is not signalled.
  bool WaitForTurn() noexcept;
  void GiveTurn() noexcept;

  // IUnknown. QueryInterface also finds the interfaces of the call object.
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // ISynchronize
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

 private:
  // Used in place of an event, which would be one more kernel object for each call.
  Lock mutex_;
  Condition changed_;
  bool signalled_ = false;
  bool turn_ = false;
  const ComPtr<ServerSecurity> security_;
  ComPtr<IUnknown> inner_;
};

}  // namespace async_com
