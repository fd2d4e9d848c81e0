#include "client/client_call_object.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "client/outgoing_call.h"
#include "com/entry.h"
#include "com/handle.h"
#include "com/hresults.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// Copies the arguments, because in parameters are valid only until Begin_ returns.
SafeArray CopyOf(SAFEARRAY* arguments) {
  SAFEARRAY* copy = nullptr;
  if (arguments != nullptr) {
    ThrowIfFailed(SafeArrayCopy(arguments, &copy), "SafeArrayCopy");
  }
  return SafeArray(copy);
}

}  // namespace

// The state of one call, from Begin_ on. It may outlive the call object, and the call's own
// cancellation.
struct ClientCallObject::Progress {
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
        return kCallPending;
      default:
        return HRESULT_FROM_WIN32(GetLastError());
    }
  }

  UniqueHandle ended;
  CallResult result;  // valid once the event is set
  // Guarded by the call object's lock:
  std::shared_ptr<OutgoingCall> call;  // null after Finish_Call
  bool cancelled = false;
};

void* ClientCallObject::Find(REFIID iid) noexcept {
  if (iid == IID_IClientSecurity) {
    ComPtr<IClientSecurity> proxy;
    if (FAILED(GetConnection()->NextUse().object.As(&proxy))) {
      return nullptr;
    }
  }
  return AggregatedObject::Find(iid);
}

std::shared_ptr<ClientCallObject::Progress> ClientCallObject::Current() noexcept {
  const std::lock_guard lock(mutex_);
  return current_ != nullptr && current_->call != nullptr ? current_ : nullptr;
}

std::shared_ptr<Connection> ClientCallObject::GetConnection() noexcept {
  const std::lock_guard lock(mutex_);
  return connection_;
}

HRESULT ClientCallObject::Begin_Call(BSTR method, SAFEARRAY* arguments,
                                     const GUID* cancel_id) noexcept {
  return Guarded([&]() -> HRESULT {
    const auto progress = std::make_shared<Progress>();
    Bstr name(std::wstring_view(method == nullptr ? L"" : method, SysStringLen(method)));
    progress->call = std::make_shared<OutgoingCall>(
        GetConnection(), std::move(name), CopyOf(arguments), BlanketOptions(),
        OutgoingCall::Form::kSynchronous, [progress](CallResult result) {
          progress->result = std::move(result);
          SetEvent(progress->ended.Get());
        });
    if (cancel_id != nullptr) {
      progress->call->CancelIdIs(*cancel_id);
    }
    {
      const std::lock_guard lock(mutex_);
      if (current_ != nullptr) {
        // The two hold each other until the call has ended, and this call never starts.
        progress->call.reset();
        return kCallPending;
      }
      current_ = progress;
    }
    try {
      progress->call->Start();
    } catch (...) {
      // Released without the lock.
      std::shared_ptr<OutgoingCall> never_started;
      const std::lock_guard lock(mutex_);
      never_started.swap(progress->call);
      current_.reset();
      throw;
    }
    return S_OK;
  });
}

HRESULT ClientCallObject::Finish_Call(VARIANT* result, CallError* error) noexcept {
  if (result == nullptr || error == nullptr) {
    return E_POINTER;
  }
  ClearOuts(result, error);
  const auto progress = Current();
  if (progress == nullptr) {
    return RPC_E_CALL_COMPLETE;
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
    current_.reset();
  }
  return std::move(progress->result).MoveTo(result, error);
}

HRESULT ClientCallObject::Wait(DWORD, DWORD milliseconds) noexcept {
  const auto progress = Current();
  if (progress == nullptr) {
    return RPC_E_CALL_COMPLETE;
  }
  return progress->Wait(milliseconds);
}

HRESULT ClientCallObject::Signal() noexcept { return E_NOTIMPL; }

HRESULT ClientCallObject::Reset() noexcept { return E_NOTIMPL; }

HRESULT ClientCallObject::Cancel(ULONG seconds) noexcept {
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

HRESULT ClientCallObject::TestCancel() noexcept {
  const std::lock_guard lock(mutex_);
  if (current_ == nullptr) {
    return RPC_E_CALL_COMPLETE;
  }
  if (current_->cancelled) {
    return RPC_E_CALL_CANCELED;
  }
  return current_->Wait(0) == S_OK ? RPC_E_CALL_COMPLETE : kCallPending;
}

HRESULT ClientCallObject::QueryBlanket(IUnknown*, DWORD* authn_service, DWORD* authz_service,
                                       OLECHAR** server_principal, DWORD* authn_level,
                                       DWORD* imp_level, void** auth_info,
                                       DWORD* capabilities) noexcept {
  return Guarded([&] {
    const auto object = GetConnection()->NextUse().object;
    ComPtr<IClientSecurity> security;
    ThrowIfFailed(object->QueryInterface(IID_PPV_ARGS(&security)), "QueryInterface");
    return security->QueryBlanket(object.Get(), authn_service, authz_service, server_principal,
                                  authn_level, imp_level, auth_info, capabilities);
  });
}

HRESULT ClientCallObject::SetBlanket(IUnknown*, DWORD authn_service, DWORD authz_service,
                                     OLECHAR* server_principal, DWORD authn_level, DWORD imp_level,
                                     void* auth_info, DWORD capabilities) noexcept {
  return Guarded([&] {
    const auto object = GetConnection()->NextUse().object;
    ComPtr<IClientSecurity> security;
    ThrowIfFailed(object->QueryInterface(IID_PPV_ARGS(&security)), "QueryInterface");
    // Set on a copy, so that other calls on the same proxy keep their blanket.
    ComPtr<IMethodCall> own = CopyOfProxy(object.Get());
    ThrowIfFailed(security->SetBlanket(own.Get(), authn_service, authz_service, server_principal,
                                       authn_level, imp_level, auth_info, capabilities),
                  "IClientSecurity::SetBlanket");
    auto with_blanket = GetConnection()->WithProxy(std::move(own));
    const std::lock_guard lock(mutex_);
    connection_.swap(with_blanket);
    return S_OK;
  });
}

HRESULT ClientCallObject::CopyProxy(IUnknown*, IUnknown** copy) noexcept {
  if (copy != nullptr) {
    *copy = nullptr;
  }
  return E_NOTIMPL;
}

constinit Seam<ComPtr<IUnknown>(std::shared_ptr<Connection> connection, IUnknown* controlling)>
    make_client_call_object([](std::shared_ptr<Connection> connection, IUnknown* controlling) {
      return MakeAggregated<ClientCallObject>(std::move(connection), controlling);
    });

}  // namespace async_com
