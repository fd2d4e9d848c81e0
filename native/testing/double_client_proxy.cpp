#include "testing/double_client_proxy.h"

#include <objidl.h>

#include <string_view>
#include <utility>

#include "com/entry.h"
#include "com/object.h"
#include "security/thread_token.h"
#include "testing/double_client_blanket.h"
#include "testing/double_client_call_object.h"

namespace async_com {

namespace {

class DoubleClientProxy final : public ComObject<IMethodCall, IClientSecurity, ICallFactory> {
 public:
  DoubleClientProxy(std::shared_ptr<DoubleClientState> state, const DoubleBlanket& blanket)
      : state_(std::move(state)), blanket_(blanket) {}

  HRESULT STDMETHODCALLTYPE CreateCall(REFIID iid, IUnknown* controlling, REFIID wanted,
                                       IUnknown** object) noexcept override {
    *object = nullptr;
    return Guarded([&]() -> HRESULT {
      if (iid != IID_AsyncIMethodCall) {
        return E_NOINTERFACE;
      }
      if (controlling != nullptr && !state_->Options().aggregates) {
        return CLASS_E_NOAGGREGATION;
      }
      if (!state_->CallObjectMade(controlling != nullptr)) {
        return E_NOINTERFACE;
      }
      return MakeAggregated<DoubleClientCallObject>(state_, blanket_, controlling)
          ->QueryInterface(wanted, reinterpret_cast<void**>(object));
    });
  }

  HRESULT STDMETHODCALLTYPE Call(BSTR method, SAFEARRAY* arguments, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    ClearOuts(result, error);
    return Guarded([&] {
      state_->CalledSynchronously();
      const std::wstring_view name(method, SysStringLen(method));
      if (name == L"held") {
        WaitUntilLetGo();
      }
      return DoubleAnswer(name, arguments, blanket_.Describe(!TokenOfThisThread().IsAbsent()))
          .MoveTo(result, error);
    });
  }

  HRESULT STDMETHODCALLTYPE QueryBlanket(IUnknown*, DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** principal, DWORD* authn_level,
                                         DWORD* impersonation_level, void**,
                                         DWORD* capabilities) noexcept override {
    return blanket_.Query(authn_service, authz_service, principal, authn_level, impersonation_level,
                          capabilities);
  }
  HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown*, DWORD authn_service, DWORD authz_service,
                                       OLECHAR*, DWORD authn_level, DWORD impersonation_level,
                                       void*, DWORD capabilities) noexcept override {
    return blanket_.Set(authn_service, authz_service, authn_level, impersonation_level,
                        capabilities);
  }
  HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown*, IUnknown** copy) noexcept override {
    return Guarded([&] {
      *copy = static_cast<IMethodCall*>(MakeCom<DoubleClientProxy>(state_, blanket_).Detach());
      return S_OK;
    });
  }

 private:
  void WaitUntilLetGo() {
    Lock mutex;
    Condition changed;
    bool let_go = false;
    state_->Hold([&] {
      // Under the lock, because the call returns as soon as it has it.
      const std::lock_guard lock(mutex);
      let_go = true;
      changed.notify_one();
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&let_go] { return let_go; });
  }

  const std::shared_ptr<DoubleClientState> state_;
  DoubleBlanket blanket_;
};

}  // namespace

ComPtr<IMethodCall> MakeDoubleClientProxy(std::shared_ptr<DoubleClientState> state) {
  return MakeCom<DoubleClientProxy>(std::move(state), DoubleBlanket());
}

}  // namespace async_com
