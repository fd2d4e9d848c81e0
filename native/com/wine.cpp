#include "com/wine.h"

#include <oaidl.h>
#include <objbase.h>

#include "com/com_ptr.h"
#include "com/object.h"
#include "idl/generated/method_call.h"

namespace async_com {

namespace {

// An object that has the interfaces. Nobody calls its methods.
class Exported final : public ComObject<IMethodCall, ICallCancellation, IClassFactory, IDispatch> {
 public:
  HRESULT STDMETHODCALLTYPE Call(BSTR, SAFEARRAY*, const GUID*, VARIANT*,
                                 CallError*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE CancelCall(REFGUID) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown*, REFIID, void**) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT*) noexcept override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT, LCID, ITypeInfo**) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID, LPOLESTR*, UINT, LCID,
                                          DISPID*) noexcept override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS*, VARIANT*, EXCEPINFO*,
                                   UINT*) noexcept override {
    return E_NOTIMPL;
  }
};

}  // namespace

const char* WineVersion() noexcept {
  using GetVersion = const char*(CDECL*)();
  const auto get_version = reinterpret_cast<GetVersion>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version")));
  return get_version == nullptr ? nullptr : get_version();
}

bool MayLeaveOuts(HRESULT failure) noexcept {
  static const bool under_wine = WineVersion() != nullptr;
  // The proxy returns the code of the exception that ended its reading: an error of RPC or the
  // system, or an NTSTATUS of severity "error" or "warning".
  return under_wine && (HRESULT_FACILITY(failure) == FACILITY_WIN32 ||
                        (static_cast<ULONG>(failure) & 0xC0000000) == 0xC0000000 ||
                        failure == static_cast<HRESULT>(STATUS_GUARD_PAGE_VIOLATION));
}

HRESULT KeepInterfacesExported() noexcept {
  if (WineVersion() == nullptr) {
    return S_OK;
  }
  const ComPtr<IMethodCall> exported = MakeCom<Exported>();
  for (const IID& iid :
       {IID_IUnknown, IID_IMethodCall, IID_ICallCancellation, IID_IClassFactory, IID_IDispatch}) {
    ComPtr<IStream> nowhere;
    HRESULT result = CreateStreamOnHGlobal(nullptr, TRUE, nowhere.GetAddressOf());
    if (SUCCEEDED(result)) {
      result = CoMarshalInterface(nowhere.Get(), iid, exported.Get(), MSHCTX_LOCAL, nullptr,
                                  MSHLFLAGS_TABLESTRONG);
    }
    if (FAILED(result)) {
      return result;
    }
  }
  return S_OK;
}

constinit Seam<bool()> com_runs_down_references([] { return WineVersion() == nullptr; });

}  // namespace async_com
