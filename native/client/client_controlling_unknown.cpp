#include "client/client_controlling_unknown.h"

namespace async_com {

ClientControllingUnknown::~ClientControllingUnknown() {
  // The call object may take and release references to this object while it is destroyed. They must
  // not destroy this object again.
  AddRef();
  inner_.Reset();
}

HRESULT ClientControllingUnknown::SetInner(ComPtr<IUnknown> call_object) noexcept {
  inner_ = std::move(call_object);
  ComPtr<ISynchronize> own;
  const HRESULT found = inner_.As(&own);
  synchronize_ = own.Get();
  return found;
}

HRESULT ClientControllingUnknown::QueryInterface(REFIID iid, void** object) noexcept {
  const HRESULT own = ComObject::QueryInterface(iid, object);
  return own == E_NOINTERFACE && inner_ != nullptr ? inner_->QueryInterface(iid, object) : own;
}

HRESULT ClientControllingUnknown::Wait(DWORD flags, DWORD milliseconds) noexcept {
  const HRESULT signalled = signal_result_;
  return FAILED(signalled) ? signalled : synchronize_->Wait(flags, milliseconds);
}

HRESULT ClientControllingUnknown::Signal() noexcept {
  const HRESULT signalled = synchronize_->Signal();
  signal_result_ = signalled;
  completion_->Signal();
  return signalled;
}

HRESULT ClientControllingUnknown::Reset() noexcept {
  signal_result_ = S_OK;
  completion_->Reset();
  return synchronize_->Reset();
}

}  // namespace async_com
