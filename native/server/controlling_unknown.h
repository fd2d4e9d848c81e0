#pragma once

#include <windows.h>

#include <objidl.h>

#include <mutex>
#include <utility>

#include "com/lock.h"
#include "com/object.h"
#include "security/server_security.h"

namespace async_com {

// The controlling unknown of a server call object where COM has none for it, with the ISynchronize
// that COM's would have. The bridge makes one for each call; ICallFactory::CreateCall makes one for
// a caller who brings no controlling unknown.
class ControllingUnknown : public ComObject<ISynchronize> {
 public:
  // `security` is closed by Signal. May be empty.
  explicit ControllingUnknown(ComPtr<ServerSecurity> security) : security_(std::move(security)) {}

  // Before any use: the server call object, made with this as its controlling unknown.
  void SetInner(ComPtr<IUnknown> call_object) noexcept { inner_ = std::move(call_object); }

  // For the bridge, which waits for two things with one wake-up: that it is signalled or, with
  // true, that it is the waiting thread's turn to do something itself.
  bool WaitForTurn() noexcept;
  void GiveTurn() noexcept;

  // IUnknown. Answers for what the call object has, too.
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // ISynchronize
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

 private:
  // Not an event: that would be a kernel object more for each call.
  Lock mutex_;
  Condition changed_;
  bool signalled_ = false;
  bool turn_ = false;
  const ComPtr<ServerSecurity> security_;
  ComPtr<IUnknown> inner_;
};

}  // namespace async_com
