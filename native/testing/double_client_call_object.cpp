#include "testing/double_client_call_object.h"

#include <chrono>
#include <thread>
#include <tuple>
#include <utility>

#include "com/entry.h"
#include "com/hresults.h"
#include "com/win32_error.h"
#include "security/thread_token.h"
#include "testing/values_with_object.h"

namespace async_com {

namespace {

// How long Begin_ of "early" goes on after the call is complete.
constexpr auto kAfterEarly = std::chrono::milliseconds(50);

constexpr HRESULT kHandlerError = HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);

HRESULT ControllingSynchronize(IUnknown& controlling, ComPtr<ISynchronize>& synchronize) noexcept {
  return controlling.QueryInterface(IID_PPV_ARGS(&synchronize));
}

ULONG ReferencesOf(IUnknown& object) {
  object.AddRef();
  return object.Release();
}

}  // namespace

CallResult DoubleAnswer(std::wstring_view name, SAFEARRAY* arguments,
                        const std::wstring& described) {
  CallResult result;
  if (name == L"fail") {
    result.handler_error = kHandlerError;
    result.source = Bstr(L"double");
    result.description = Bstr(L"as asked");
    return result;
  }
  if (name == L"lost") {
    return CallResult::Failed(HRESULT_FROM_WIN32(RPC_S_CALL_FAILED));
  }
  VARIANT* const value = result.value.Put();
  if (name == L"blanket") {
    value->bstrVal = Bstr(described).Detach();
    value->vt = VT_BSTR;
    return result;
  }
  if (const HRESULT put = PutValueWithObject(name, *value); put != DISP_E_UNKNOWNNAME) {
    result.hresult = put;
    return result;
  }
  SAFEARRAY* copy = nullptr;
  if (arguments != nullptr) {
    ThrowIfFailed(SafeArrayCopy(arguments, &copy), "SafeArrayCopy");
  } else {
    copy = SafeArray::Create(VT_VARIANT, 0).Detach();
  }
  value->parray = copy;
  value->vt = VT_ARRAY | VT_VARIANT;
  return result;
}

DoubleClientCallObject::DoubleClientCallObject(std::shared_ptr<DoubleClientState> state,
                                               const DoubleBlanket& blanket, IUnknown* controlling)
    : AggregatedObject(controlling),
      state_(std::move(state)),
      blanket_(blanket),
      event_(CreateEventW(nullptr, TRUE, state_->Options().set_at_first, nullptr)) {}

DoubleClientCallObject::~DoubleClientCallObject() { state_->CallObjectGone(); }

void* DoubleClientCallObject::Find(REFIID iid) noexcept {
  const DoubleClientOptions& options = state_->Options();
  const bool lacks = (iid == IID_ISynchronize && IsAggregated() && !options.inner_synchronize) ||
                     (iid == IID_ISynchronizeHandle && !options.synchronize_handle) ||
                     (iid == IID_IClientSecurity && !options.client_security);
  return lacks ? nullptr : AggregatedObject::Find(iid);
}

HRESULT DoubleClientCallObject::Begin_Call(BSTR method, SAFEARRAY* arguments,
                                           const GUID*) noexcept {
  return Guarded([&]() -> HRESULT {
    unsigned number = 0;
    {
      const std::lock_guard lock(mutex_);
      if (pending_) {
        return kCallPending;
      }
      number = ++number_;
      pending_ = true;
      beginning_ = true;
      complete_ = false;
      cancelled_ = false;
      result_ = CallResult();
    }
    HRESULT begun = state_->Options().begin;
    ComPtr<ISynchronize> synchronize;
    if (SUCCEEDED(begun)) {
      begun = ControllingSynchronize(*Controlling(), synchronize);
    }
    if (SUCCEEDED(begun)) {
      begun = synchronize->Reset();
    }
    synchronize.Reset();
    if (SUCCEEDED(begun)) {
      const std::wstring_view name(method, SysStringLen(method));
      begun = BeginNumber(
          number, name,
          DoubleAnswer(name, arguments, blanket_.Describe(!TokenOfThisThread().IsAbsent())));
    }
    const std::lock_guard lock(mutex_);
    beginning_ = false;
    if (FAILED(begun)) {
      pending_ = false;
    }
    return begun;
  });
}

HRESULT DoubleClientCallObject::BeginNumber(unsigned number, std::wstring_view method,
                                            CallResult answer) {
  state_->Begun();
  // The call keeps this object until it is complete, even if the client releases it.
  const ComPtr<IUnknown> self(NonDelegating());
  const auto kept = std::make_shared<CallResult>(std::move(answer));
  const bool twice = method == L"twice";
  const auto complete = [this, self, number, kept, twice] {
    Complete(number, std::move(*kept), twice);
  };
  if (method == L"begin fails") {
    return HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE);
  }
  if (method == L"begin fails, signalled") {
    SignalControlling();
    return HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE);
  }
  if (!state_->Options().signals || method == L"held") {
    state_->Hold(complete);
  } else if (method == L"inside") {
    complete();
  } else if (method == L"early") {
    Lock mutex;
    Condition changed;
    bool done = false;
    state_->Post([&] {
      complete();
      // Under the lock, because Begin_ ends as soon as it has it.
      const std::lock_guard lock(mutex);
      done = true;
      changed.notify_one();
    });
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&done] { return done; });
    }
    std::this_thread::sleep_for(kAfterEarly);
  } else {
    state_->Post(complete);
  }
  return S_OK;
}

void DoubleClientCallObject::Complete(unsigned number, CallResult result, bool twice) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (!pending_ || complete_ || number != number_) {
      return;  // It was cancelled. Nobody wants this answer.
    }
    complete_ = true;
    result_ = std::move(result);
  }
  // The only reference is that of the function that calls this one.
  if (IsAggregated() && ReferencesOf(*NonDelegating()) == 1) {
    state_->Wrong("released the controlling unknown during a call");
    return;
  }
  // After the first Signal the client may release the controlling unknown.
  ComPtr<ISynchronize> synchronize;
  HRESULT signalled = ControllingSynchronize(*Controlling(), synchronize);
  if (SUCCEEDED(signalled)) {
    signalled = synchronize->Signal();
  }
  if (FAILED(signalled)) {
    const std::lock_guard lock(mutex_);
    if (number == number_ && pending_) {
      result_ = CallResult::Failed(signalled);
    }
  } else if (twice) {
    std::ignore = synchronize->Signal();
  }
}

HRESULT DoubleClientCallObject::SignalControlling() noexcept {
  ComPtr<ISynchronize> synchronize;
  const HRESULT found = ControllingSynchronize(*Controlling(), synchronize);
  return FAILED(found) ? found : synchronize->Signal();
}

HRESULT DoubleClientCallObject::Finish_Call(VARIANT* result, CallError* error) noexcept {
  ClearOuts(result, error);
  bool failed = false;
  {
    const std::lock_guard lock(mutex_);
    if (!pending_) {
      return RPC_E_CALL_COMPLETE;
    }
    if (beginning_) {
      state_->Wrong("called Finish_ before Begin_ returned");
    }
    failed = complete_ && FAILED(result_.hresult);
  }
  ComPtr<ISynchronize> synchronize;
  if (!failed) {
    HRESULT waited = ControllingSynchronize(*Controlling(), synchronize);
    if (SUCCEEDED(waited)) {
      waited = synchronize->Wait(0, INFINITE);
    }
    if (FAILED(waited)) {
      return waited;
    }
  }
  CallResult finished;
  {
    const std::lock_guard lock(mutex_);
    if (!pending_) {
      return RPC_E_CALL_COMPLETE;
    }
    pending_ = false;
    finished = std::move(result_);
  }
  state_->Finished();
  return std::move(finished).MoveTo(result, error);
}

HRESULT DoubleClientCallObject::Wait(DWORD, DWORD milliseconds) noexcept {
  return WaitForSingleObject(event_.Get(), milliseconds) == WAIT_OBJECT_0 ? S_OK : kCallPending;
}

HRESULT DoubleClientCallObject::Signal() noexcept {
  const HRESULT signal = state_->Options().signal;
  if (SUCCEEDED(signal)) {
    SetEvent(event_.Get());
  }
  return signal;
}

HRESULT DoubleClientCallObject::Reset() noexcept {
  const HRESULT reset = state_->Options().reset;
  if (SUCCEEDED(reset)) {
    ResetEvent(event_.Get());
  }
  return reset;
}

HRESULT DoubleClientCallObject::Cancel(ULONG seconds) noexcept {
  return Guarded([&]() -> HRESULT {
    unsigned number = 0;
    {
      const std::lock_guard lock(mutex_);
      if (cancelled_ && pending_) {
        return HRESULT_FROM_WIN32(RPC_S_CALL_CANCELLED);
      }
      if (!pending_ || complete_) {
        return RPC_E_CALL_COMPLETE;
      }
      number = number_;
    }
    constexpr DWORD kMillisecondsASecond = 1000;
    if (seconds > 0 &&
        WaitForSingleObject(event_.Get(), seconds * kMillisecondsASecond) == WAIT_OBJECT_0) {
      return RPC_E_CALL_COMPLETE;
    }
    {
      const std::lock_guard lock(mutex_);
      if (!pending_ || complete_ || number != number_) {
        return RPC_E_CALL_COMPLETE;
      }
      cancelled_ = true;
    }
    state_->Cancelled();
    const auto complete = [this, self = ComPtr<IUnknown>(NonDelegating()), number] {
      Complete(number, CallResult::Failed(state_->Options().cancelled), false);
    };
    if (!state_->Options().signals) {
      state_->Hold(complete);
    } else if (state_->Options().cancel_completes_inside) {
      complete();
    } else {
      state_->Post(complete);
    }
    return state_->Options().cancel;
  });
}

HRESULT DoubleClientCallObject::TestCancel() noexcept { return E_NOTIMPL; }

HRESULT DoubleClientCallObject::QueryBlanket(IUnknown*, DWORD* authn_service, DWORD* authz_service,
                                             OLECHAR** server_principal, DWORD* authn_level,
                                             DWORD* imp_level, void**,
                                             DWORD* capabilities) noexcept {
  return blanket_.Query(authn_service, authz_service, server_principal, authn_level, imp_level,
                        capabilities);
}

HRESULT DoubleClientCallObject::SetBlanket(IUnknown*, DWORD authn_service, DWORD authz_service,
                                           OLECHAR*, DWORD authn_level, DWORD imp_level, void*,
                                           DWORD capabilities) noexcept {
  return blanket_.Set(authn_service, authz_service, authn_level, imp_level, capabilities);
}

HRESULT DoubleClientCallObject::CopyProxy(IUnknown*, IUnknown** copy) noexcept {
  *copy = nullptr;
  return E_NOTIMPL;
}

HRESULT DoubleClientCallObject::GetHandle(HANDLE* handle) noexcept {
  *handle = event_.Get();
  return S_OK;
}

}  // namespace async_com
