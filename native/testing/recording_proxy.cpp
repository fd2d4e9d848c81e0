#include "testing/recording_proxy.h"

#include <objbase.h>
#include <objidl.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "com/entry.h"
#include "com/object.h"
#include "security/thread_token.h"
#include "testing/values_with_object.h"

namespace async_com {

namespace {

// The blanket of one proxy.
struct Kept {
  DWORD authn_service = RPC_C_AUTHN_WINNT;
  DWORD authz_service = RPC_C_AUTHZ_NONE;
  DWORD authn_level = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
  DWORD impersonation_level = RPC_C_IMP_LEVEL_IDENTIFY;
  DWORD capabilities = EOAC_NO_CUSTOM_MARSHAL;
  std::wstring principal = L"HOST\\server";
  bool token_when_set = false;
};

bool HasToken() noexcept { return !TokenOfThisThread().IsAbsent(); }

std::wstring PrincipalOf(const OLECHAR* principal) {
  if (principal == nullptr) {
    return L"(null)";
  }
  return principal == COLE_DEFAULT_PRINCIPAL ? L"(default)" : principal;
}

HRESULT CopyText(const std::wstring& text, OLECHAR** copy) noexcept {
  const std::size_t bytes = (text.size() + 1) * sizeof(wchar_t);
  *copy = static_cast<OLECHAR*>(CoTaskMemAlloc(bytes));
  if (*copy == nullptr) {
    return E_OUTOFMEMORY;
  }
  std::memcpy(*copy, text.c_str(), bytes);
  return S_OK;
}

// A call object of a recording proxy's ICallFactory. Its calls end at once.
class RecorderCallObject final
    : public ComObject<AsyncIMethodCall, ISynchronize, ICancelMethodCalls> {
 public:
  explicit RecorderCallObject(const CallObjectInterfaces& interfaces) : interfaces_(interfaces) {}

  HRESULT STDMETHODCALLTYPE Begin_Call(BSTR, LPSAFEARRAY, const GUID*) noexcept override {
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE Finish_Call(VARIANT* result, CallError* error) noexcept override {
    *error = {};
    result->bstrVal = SysAllocString(L"asynchronous");
    result->vt = VT_BSTR;
    return result->bstrVal == nullptr ? E_OUTOFMEMORY : S_OK;
  }
  HRESULT STDMETHODCALLTYPE Wait(DWORD, DWORD) noexcept override { return S_OK; }
  HRESULT STDMETHODCALLTYPE Signal() noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Reset() noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Cancel(ULONG) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE TestCancel() noexcept override { return E_NOTIMPL; }

 protected:
  void* Find(REFIID iid) noexcept override {
    const bool lacks = (iid == IID_AsyncIMethodCall && !interfaces_.asynchronous) ||
                       (iid == IID_ISynchronize && !interfaces_.synchronize) ||
                       (iid == IID_ICancelMethodCalls && !interfaces_.cancel);
    return lacks ? nullptr : ComObject::Find(iid);
  }

 private:
  const CallObjectInterfaces interfaces_;
};

class RecordingProxy final : public ComObject<IMethodCall, IClientSecurity, ICallFactory> {
 public:
  // Without `call_objects` the proxy has no ICallFactory.
  explicit RecordingProxy(Kept kept, std::optional<CallObjectInterfaces> call_objects)
      : kept_(std::move(kept)), call_objects_(call_objects) {}

  HRESULT STDMETHODCALLTYPE CreateCall(REFIID, IUnknown*, REFIID iid,
                                       IUnknown** object) noexcept override {
    return Guarded([&] {
      return MakeCom<RecorderCallObject>(*call_objects_)
          ->QueryInterface(iid, reinterpret_cast<void**>(object));
    });
  }

  HRESULT STDMETHODCALLTYPE QueryBlanket(IUnknown*, DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** principal, DWORD* authn_level,
                                         DWORD* impersonation_level, void**,
                                         DWORD* capabilities) noexcept override {
    *authn_service = kept_.authn_service;
    *authz_service = kept_.authz_service;
    *authn_level = kept_.authn_level;
    *impersonation_level = kept_.impersonation_level;
    *capabilities = kept_.capabilities;
    return CopyText(kept_.principal, principal);
  }

  HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown*, DWORD authn_service, DWORD authz_service,
                                       OLECHAR* principal, DWORD authn_level,
                                       DWORD impersonation_level, void* auth_info,
                                       DWORD capabilities) noexcept override {
    return Guarded([&] {
      if (auth_info != nullptr) {
        return E_INVALIDARG;
      }
      kept_ = {authn_service, authz_service,          authn_level, impersonation_level,
               capabilities,  PrincipalOf(principal), HasToken()};
      return S_OK;
    });
  }

  HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown*, IUnknown** copy) noexcept override {
    return Guarded([&] {
      *copy = static_cast<IMethodCall*>(MakeCom<RecordingProxy>(kept_, call_objects_).Detach());
      return S_OK;
    });
  }

  HRESULT STDMETHODCALLTYPE Call(BSTR method, LPSAFEARRAY, const GUID*, VARIANT* result,
                                 CallError* error) noexcept override {
    return Guarded([&] {
      *error = {};
      const std::wstring_view name(method, SysStringLen(method));
      if (name == L"an answer that its proxy cannot read") {
        // What is freed while WINEDEBUG=warn+heap is set.
        result->byref = reinterpret_cast<void*>(0xFEEEFEEEFEEEFEEE);
        result->vt = VT_BYREF | VT_ARRAY | VT_VARIANT;
        return HRESULT_FROM_WIN32(RPC_X_BAD_STUB_DATA);
      }
      const HRESULT put = PutValueWithObject(name, *result);
      if (put != DISP_E_UNKNOWNNAME) {
        return put;
      }
      const std::wstring text =
          L"{\"authnService\":" + std::to_wstring(kept_.authn_service) + L",\"authzService\":" +
          std::to_wstring(kept_.authz_service) + L",\"authnLevel\":" +
          std::to_wstring(kept_.authn_level) + L",\"impersonationLevel\":" +
          std::to_wstring(kept_.impersonation_level) + L",\"capabilities\":" +
          std::to_wstring(kept_.capabilities) + L",\"tokenWhenSet\":" +
          (kept_.token_when_set ? L"true" : L"false") + L",\"tokenWhenCalling\":" +
          (HasToken() ? L"true" : L"false") + L"}";
      result->vt = VT_BSTR;
      result->bstrVal = SysAllocString(text.c_str());
      return result->bstrVal == nullptr ? E_OUTOFMEMORY : S_OK;
    });
  }

 protected:
  void* Find(REFIID iid) noexcept override {
    return iid == IID_ICallFactory && !call_objects_ ? nullptr : ComObject::Find(iid);
  }

 private:
  Kept kept_;
  const std::optional<CallObjectInterfaces> call_objects_;
};

}  // namespace

ComPtr<IMethodCall> MakeRecordingProxy() { return MakeCom<RecordingProxy>(Kept{}, std::nullopt); }

ComPtr<IMethodCall> MakeRecordingProxyWithFactory(const CallObjectInterfaces& interfaces) {
  return MakeCom<RecordingProxy>(Kept{}, interfaces);
}

}  // namespace async_com
