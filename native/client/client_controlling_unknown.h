#pragma once

#include <windows.h>

#include <objidl.h>

#include <atomic>
#include <memory>
#include <utility>

#include "client/call_completion.h"
#include "com/com_ptr.h"
#include "com/object.h"

namespace async_com {

// The controlling unknown of a call object of COM's. COM calls its ISynchronize: Reset when a call
// begins, Signal when it is complete, and Wait inside Finish_. The functions pass this on to the
// call object's own ISynchronize, so what Wait returns is COM's answer. They also tell a
// CallCompletion. Any thread may call them.
// https://devblogs.microsoft.com/oldnewthing/20220222-00/?p=106279
class ClientControllingUnknown final : public ComObject<ISynchronize> {
 public:
  explicit ClientControllingUnknown(std::shared_ptr<CallCompletion> completion)
      : completion_(std::move(completion)) {}
  ~ClientControllingUnknown() override;

  // Called before any use, with the call object that was made with this controlling unknown.
  // Returns a failure if the call object has no ISynchronize of its own.
  HRESULT SetInner(ComPtr<IUnknown> call_object) noexcept;

  // IUnknown. QueryInterface also finds the interfaces of the call object.
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override;

  // ISynchronize. If Signal of the call object fails, so does Wait from then on: the call has
  // failed, and nothing else would end the wait.
  HRESULT STDMETHODCALLTYPE Wait(DWORD flags, DWORD milliseconds) noexcept override;
  HRESULT STDMETHODCALLTYPE Signal() noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;

 private:
  const std::shared_ptr<CallCompletion> completion_;
  ComPtr<IUnknown> inner_;
  // Without a reference, because it is counted in this object.
  ISynchronize* synchronize_ = nullptr;
  std::atomic<HRESULT> signal_result_{S_OK};  // what Signal of the call object returned last
};

}  // namespace async_com
