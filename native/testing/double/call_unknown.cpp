#include "testing/double/call_unknown.h"

#include <chrono>

#include "com/hresults.h"
#include "testing/double/observed.h"

namespace async_com {

CallUnknown::CallUnknown(std::shared_ptr<AsynchronousCall> call)
    : call_(std::move(call)), signalled_(call_->GetBehaviour() == Behaviour::kStartsSignalled) {
  Count(&Observed::controlling_unknowns);
}

CallUnknown::~CallUnknown() { Count(&Observed::controlling_unknowns, -1); }

void CallUnknown::SetInner(ComPtr<IUnknown> call_object) noexcept {
  const std::lock_guard lock(mutex_);
  inner_.Swap(call_object);
}

HRESULT CallUnknown::QueryInterface(REFIID iid, void** object) noexcept {
  if (object != nullptr && iid == IID_ISynchronize &&
      call_->GetBehaviour() == Behaviour::kNoSynchronize) {
    *object = nullptr;
    return E_NOINTERFACE;
  }
  const HRESULT own = ComObject::QueryInterface(iid, object);
  if (own != E_NOINTERFACE) {
    return own;
  }
  ComPtr<IUnknown> inner;
  {
    const std::lock_guard lock(mutex_);
    inner = inner_;
  }
  return inner == nullptr ? own : inner->QueryInterface(iid, object);
}

HRESULT CallUnknown::Wait(DWORD, DWORD milliseconds) noexcept {
  std::unique_lock lock(mutex_);
  const auto signalled = [this] { return signalled_; };
  if (milliseconds == INFINITE) {
    changed_.wait(lock, signalled);
    return S_OK;
  }
  return changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), signalled) ? S_OK
                                                                                     : kCallPending;
}

HRESULT CallUnknown::Signal() noexcept {
  const HRESULT result = call_->Signal();
  if (SUCCEEDED(result)) {
    {
      const std::lock_guard lock(mutex_);
      signalled_ = true;
    }
    changed_.notify_all();
  }
  return result;
}

HRESULT CallUnknown::Reset() noexcept {
  const HRESULT result = call_->Reset();
  if (SUCCEEDED(result)) {
    const std::lock_guard lock(mutex_);
    signalled_ = false;
  }
  return result;
}

}  // namespace async_com
