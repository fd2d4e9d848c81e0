#include "call/client_call.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "call/fault.h"
#include "call/outgoing_call.h"
#include "com/entry.h"
#include "com/handle.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

constexpr HRESULT kPending = static_cast<HRESULT>(RPC_S_CALLPENDING);

// In parameters are the caller's only until Begin_ returns.
SafeArray CopyOf(SAFEARRAY* arguments) {
  SAFEARRAY* copy = nullptr;
  if (arguments != nullptr) {
    ThrowIfFailed(SafeArrayCopy(arguments, &copy), "SafeArrayCopy");
  }
  return SafeArray(copy);
}

}  // namespace

// One call, from Begin_ on. The call may outlive the call object, and its own cancellation.
struct ClientCall::Progress {
  Progress() : ended(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
    if (!ended) {
      ThrowLastError("CreateEventW");
    }
  }

  HRESULT Wait(DWORD milliseconds) const noexcept {
    switch (WaitForSingleObject(ended.Get(), milliseconds)) {
      case WAIT_OBJECT_0:
        return S_OK;
      case WAIT_TIMEOUT:
        return kPending;
      default:
        return HRESULT_FROM_WIN32(GetLastError());
    }
  }

  UniqueHandle ended;
  CallResult result;  // read after the event
  // Under the call object's lock:
  std::shared_ptr<OutgoingCall> call;  // until Finish_Call
  bool cancelled = false;
};

// The non-delegating IUnknown; owns the call object.
class ClientCall::Inner final : public IUnknown {
 public:
  Inner(std::shared_ptr<ClientObject> object, IUnknown* controlling)
      : call_(new ClientCall(std::move(object), controlling == nullptr ? this : controlling)) {}
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = nullptr;
    if (iid == IID_IUnknown) {
      *object = static_cast<IUnknown*>(this);
      AddRef();
      return S_OK;
    }
    if (iid == IID_AsyncIMethodCall) {
      *object = static_cast<AsyncIMethodCall*>(call_);
    } else if (iid == IID_ISynchronize) {
      *object = static_cast<ISynchronize*>(call_);
    } else if (iid == IID_ICancelMethodCalls) {
      *object = static_cast<ICancelMethodCalls*>(call_);
    } else if (iid == IID_IClientSecurity) {
      ComPtr<IClientSecurity> proxy;
      if (FAILED(call_->Object()->Now().object->QueryInterface(IID_PPV_ARGS(&proxy)))) {
        return E_NOINTERFACE;
      }
      *object = static_cast<IClientSecurity*>(call_);
    } else {
      return E_NOINTERFACE;
    }
    call_->AddRef();
    return S_OK;
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = references_.Decrement();
    if (left == 0) {
      delete this;
    }
    return left;
  }

 private:
  ~Inner() { delete call_; }

  RefCount references_;
  ClientCall* const call_;
};

ComPtr<IUnknown> ClientCall::Create(std::shared_ptr<ClientObject> object, IUnknown* controlling) {
  return MakeCom<Inner>(std::move(object), controlling);
}

ClientCall::ClientCall(std::shared_ptr<ClientObject> object, IUnknown* controlling)
    : controlling_(controlling), object_(std::move(object)) {}

HRESULT ClientCall::QueryInterface(REFIID iid, void** object) noexcept {
  if (FaultIs(Fault::kClientOwnIdentity) && iid == IID_IUnknown && object != nullptr) {
    *object = static_cast<AsyncIMethodCall*>(this);
    AddRef();
    return S_OK;
  }
  return controlling_->QueryInterface(iid, object);
}

ULONG ClientCall::AddRef() noexcept { return controlling_->AddRef(); }

ULONG ClientCall::Release() noexcept { return controlling_->Release(); }

std::shared_ptr<ClientCall::Progress> ClientCall::Current() noexcept {
  const std::lock_guard lock(mutex_);
  return current_ != nullptr && current_->call != nullptr ? current_ : nullptr;
}

std::shared_ptr<ClientObject> ClientCall::Object() noexcept {
  const std::lock_guard lock(mutex_);
  return object_;
}

HRESULT ClientCall::Begin_Call(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept {
  return Guarded([&]() -> HRESULT {
    const auto progress = std::make_shared<Progress>();
    Bstr name(std::wstring_view(method == nullptr ? L"" : method, SysStringLen(method)));
    progress->call = std::make_shared<OutgoingCall>(Object(), std::move(name), CopyOf(arguments),
                                                    Blanket(), OutgoingCall::Form::kSynchronous,
                                                    [progress](CallResult result) {
                                                      progress->result = std::move(result);
                                                      SetEvent(progress->ended.Get());
                                                    });
    if (cancel_id != nullptr) {
      progress->call->CancelIdIs(*cancel_id);
    }
    {
      const std::lock_guard lock(mutex_);
      if (current_ != nullptr && !FaultIs(Fault::kBeginWhilePending)) {
        // Each holds the other until the call has ended; this one never starts.
        progress->call.reset();
        return kPending;
      }
      current_ = progress;
    }
    try {
      progress->call->Start();
    } catch (...) {
      progress->call.reset();
      const std::lock_guard lock(mutex_);
      current_.reset();
      throw;
    }
    if (FaultIs(Fault::kBeginWaits)) {
      return progress->Wait(INFINITE);
    }
    return S_OK;
  });
}

HRESULT ClientCall::Finish_Call(VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  VariantInit(result);
  *error = {};
  const auto progress = Current();
  if (progress == nullptr) {
    return FaultIs(Fault::kFinishNothing) ? S_OK : RPC_E_CALL_COMPLETE;
  }
  const HRESULT waited = progress->Wait(INFINITE);
  if (FAILED(waited)) {
    return waited;
  }
  {
    const std::lock_guard lock(mutex_);
    if (current_ != progress || progress->call == nullptr) {
      return RPC_E_CALL_COMPLETE;
    }
    progress->call.reset();
    if (!FaultIs(Fault::kUsableOnce)) {
      current_.reset();
    }
  }
  CallResult staged = std::move(progress->result);
  if (FAILED(staged.hresult)) {
    return staged.hresult;
  }
  if (FaultIs(Fault::kFinishLosesResult)) {
    return S_OK;
  }
  *result = staged.value.Detach();
  error->code = staged.handler_error;
  error->source = staged.source.Detach();
  error->description = staged.description.Detach();
  return staged.hresult;
}

HRESULT ClientCall::Wait(DWORD, DWORD milliseconds) noexcept {
  const auto progress = Current();
  if (progress == nullptr) {
    return RPC_E_CALL_COMPLETE;
  }
  const HRESULT waited = progress->Wait(milliseconds);
  return FaultIs(Fault::kWaitSaysDone) ? S_OK : waited;
}

HRESULT ClientCall::Signal() noexcept { return E_NOTIMPL; }

HRESULT ClientCall::Reset() noexcept { return E_NOTIMPL; }

HRESULT ClientCall::Cancel(ULONG seconds) noexcept {
  const auto progress = Current();
  if (progress == nullptr) {
    return RPC_E_CALL_COMPLETE;
  }
  std::shared_ptr<OutgoingCall> call;
  {
    const std::lock_guard lock(mutex_);
    if (progress->cancelled) {
      return HRESULT_FROM_WIN32(RPC_S_CALL_CANCELLED);
    }
    call = progress->call;
  }
  constexpr ULONG kMillisecondsASecond = 1000;
  const DWORD time =
      seconds >= INFINITE / kMillisecondsASecond ? INFINITE : seconds * kMillisecondsASecond;
  if (call == nullptr || progress->Wait(time) == S_OK || !call->Cancel()) {
    return RPC_E_CALL_COMPLETE;
  }
  const std::lock_guard lock(mutex_);
  progress->cancelled = true;
  return S_OK;
}

HRESULT ClientCall::TestCancel() noexcept {
  const std::lock_guard lock(mutex_);
  if (current_ == nullptr) {
    return RPC_E_CALL_COMPLETE;
  }
  if (current_->cancelled) {
    return RPC_E_CALL_CANCELED;
  }
  return current_->Wait(0) == S_OK ? RPC_E_CALL_COMPLETE : kPending;
}

HRESULT ClientCall::QueryBlanket(IUnknown*, DWORD* authn_service, DWORD* authz_service,
                                 OLECHAR** server_principal, DWORD* authn_level, DWORD* imp_level,
                                 void** auth_info, DWORD* capabilities) noexcept {
  return Guarded([&] {
    const auto object = Object()->Now().object;
    ComPtr<IClientSecurity> security;
    ThrowIfFailed(object->QueryInterface(IID_PPV_ARGS(&security)), "QueryInterface");
    return security->QueryBlanket(object.Get(), authn_service, authz_service, server_principal,
                                  authn_level, imp_level, auth_info, capabilities);
  });
}

HRESULT ClientCall::SetBlanket(IUnknown*, DWORD authn_service, DWORD authz_service,
                               OLECHAR* server_principal, DWORD authn_level, DWORD imp_level,
                               void* auth_info, DWORD capabilities) noexcept {
  return Guarded([&] {
    const auto object = Object()->Now().object;
    ComPtr<IClientSecurity> security;
    ThrowIfFailed(object->QueryInterface(IID_PPV_ARGS(&security)), "QueryInterface");
    // On a copy: others' calls on the same proxy keep their blanket.
    ComPtr<IMethodCall> own = CopyOfProxy(object.Get());
    ThrowIfFailed(security->SetBlanket(own.Get(), authn_service, authz_service, server_principal,
                                       authn_level, imp_level, auth_info, capabilities),
                  "IClientSecurity::SetBlanket");
    auto with_blanket = std::make_shared<ClientObject>(std::move(own));
    const std::lock_guard lock(mutex_);
    object_.swap(with_blanket);
    return S_OK;
  });
}

HRESULT ClientCall::CopyProxy(IUnknown*, IUnknown** copy) noexcept {
  if (copy != nullptr) {
    *copy = nullptr;
  }
  return E_NOTIMPL;
}

}  // namespace async_com
