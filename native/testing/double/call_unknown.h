#pragma once

#include <windows.h>

#include <objidl.h>

#include <memory>
#include <mutex>
#include <utility>

#include "com/com_ptr.h"
#include "com/lock.h"
#include "com/object.h"
#include "testing/double/asynchronous_call.h"

namespace async_com {

// The controlling unknown that the double makes for each call. It has ISynchronize before the call
// object exists, in either state.
class CallUnknown final : public ComObject<ISynchronize> {
 public:
  explicit CallUnknown(std::shared_ptr<AsynchronousCall> call);

  // Takes the non-delegating IUnknown of the call object. Null removes it.
  void SetInner(ComPtr<IUnknown> call_object) noexcept;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // ISynchronize
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

 private:
  ~CallUnknown() override;

  const std::shared_ptr<AsynchronousCall> call_;
  Lock mutex_;
  Condition changed_;
  bool signalled_;
  ComPtr<IUnknown> inner_;
};

}  // namespace async_com
