#include "client/remote_object.h"

#include <objbase.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "client/activation.h"
#include "client/held_objects.h"
#include "com/win32_error.h"
#include "security/thread_token.h"

namespace async_com {

namespace {

// The name that automation has given to the member that returns an enumerator.
constexpr std::wstring_view kNewEnum = L"_NewEnum";

HRESULT ErrorOf(const EXCEPINFO& exception) noexcept {
  if (FAILED(exception.scode)) {
    return exception.scode;
  }
  // Servers that have no HRESULT for their error give a code of their own.
  return exception.wCode == 0 ? E_FAIL
                              : MAKE_HRESULT(SEVERITY_ERROR, FACILITY_ITF, exception.wCode);
}

CallResult ResultOf(HRESULT called, Variant value, EXCEPINFO& exception,
                    const std::shared_ptr<Peer>& peer) {
  if (called == DISP_E_EXCEPTION && exception.pfnDeferredFillIn != nullptr) {
    exception.pfnDeferredFillIn(&exception);
  }
  CallResult result;
  *result.source.Put() = exception.bstrSource;
  *result.description.Put() = exception.bstrDescription;
  *result.help_file.Put() = exception.bstrHelpFile;
  result.help_context = exception.dwHelpContext;
  if (called == DISP_E_EXCEPTION) {
    result.handler_error = ErrorOf(exception);
  } else {
    result.hresult = FAILED(called) ? called : S_OK;
  }
  result.held = HoldObjects(value, peer);
  result.value = std::move(value);
  return result;
}

}  // namespace

std::shared_ptr<RemoteObject> RemoteObject::Create(const std::wstring& name,
                                                   const std::wstring& host,
                                                   const BlanketOptions& blanket,
                                                   std::shared_ptr<Peer> peer,
                                                   std::shared_ptr<CallGroup> calls) {
  ComPtr<IDispatch> dispatch;
  ActivateServer(name, host, IID_PPV_ARGS(&dispatch));
  auto created =
      std::make_shared<RemoteObject>(dispatch, dispatch, std::move(peer), std::move(calls));
  if (!blanket.IsEmpty()) {
    created->SetBlanket(blanket);
  }
  return created;
}

RemoteObject::RemoteObject(ComPtr<IUnknown> object, ComPtr<IDispatch> dispatch,
                           std::shared_ptr<Peer> peer, std::shared_ptr<CallGroup> calls)
    : object_(std::move(object)),
      peer_(std::move(peer)),
      calls_(std::move(calls)),
      dispatch_(std::move(dispatch)) {
  // The proxy manager answers this itself.
  ComPtr<IClientSecurity> proxy;
  is_proxy_ = SUCCEEDED(object_.As(&proxy));
}

RemoteObject::~RemoteObject() {
  std::vector<ComPtr<IUnknown>> objects;
  try {
    objects.reserve(2);
    if (dispatch_ != nullptr) {
      objects.push_back(std::move(dispatch_));
    }
    objects.push_back(std::move(object_));
  } catch (...) {
    // Out of memory. They are released on this thread.
  }
  ReleaseElsewhere(std::move(objects), *peer_);
}

ComPtr<IDispatch> RemoteObject::KnownDispatch() {
  const std::lock_guard lock(mutex_);
  return dispatch_;
}

HRESULT RemoteObject::FindMember(IDispatch& dispatch, const std::wstring& name, DISPID& id) {
  if (name.empty()) {
    id = DISPID_VALUE;
    return S_OK;
  }
  if (name == kNewEnum) {
    id = DISPID_NEWENUM;
    return S_OK;
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = ids_.find(name); known != ids_.end()) {
      id = known->second;
      return S_OK;
    }
  }
  auto* text = const_cast<wchar_t*>(name.c_str());
  const HRESULT found = dispatch.GetIDsOfNames(IID_NULL, &text, 1, GetUserDefaultLCID(), &id);
  if (SUCCEEDED(found)) {
    const std::lock_guard lock(mutex_);
    ids_.emplace(name, id);
  }
  return found;
}

RemoteObject::Use RemoteObject::UseWith(const BlanketOptions& blanket) {
  Use use;
  {
    const std::lock_guard lock(mutex_);
    use = {dispatch_, blanket_};
  }
  if (use.dispatch == nullptr) {
    ThrowIfFailed(object_.As(&use.dispatch), "IUnknown::QueryInterface");
    const std::lock_guard lock(mutex_);
    dispatch_ = use.dispatch;
  }
  if (!blanket.IsEmpty()) {
    use.blanket = use.blanket.With(blanket);
    use.dispatch = WithBlanket(use.dispatch.Get(), use.blanket);
  }
  return use;
}

CallResult RemoteObject::Invoke(const std::wstring& name, WORD flags, SAFEARRAY* arguments,
                                const BlanketOptions& blanket) {
  const Use use = UseWith(blanket);
  const ThreadTokenScope scope(use.blanket.AsWhenCalling());
  DISPID id = DISPID_UNKNOWN;
  const HRESULT found = FindMember(*use.dispatch.Get(), name, id);
  if (FAILED(found)) {
    return CallResult::Failed(found);
  }
  const LockedElements given(arguments, VT_VARIANT);
  // IDispatch takes the last one first. These are borrowed.
  std::vector<VARIANT> reversed(given.As<VARIANT>(), given.As<VARIANT>() + given.Length());
  std::reverse(reversed.begin(), reversed.end());
  DISPID put = DISPID_PROPERTYPUT;
  DISPPARAMS parameters{};
  parameters.rgvarg = reversed.data();
  parameters.cArgs = static_cast<UINT>(reversed.size());
  if ((flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF)) != 0) {
    parameters.rgdispidNamedArgs = &put;
    parameters.cNamedArgs = 1;
  }
  Variant value;
  EXCEPINFO exception{};
  UINT wrong = 0;
  const HRESULT called =
      use.dispatch->Invoke(id, IID_NULL, GetUserDefaultLCID(), flags, &parameters,
                           parameters.cNamedArgs == 0 ? value.Put() : nullptr, &exception, &wrong);
  return ResultOf(called, std::move(value), exception, peer_);
}

CallResult RemoteObject::Next(ULONG count) {
  ComPtr<IEnumVARIANT> enumerator;
  ThrowIfFailed(object_.As(&enumerator), "IUnknown::QueryInterface");
  SafeArray array = SafeArray::Create(VT_VARIANT, count);
  ULONG fetched = 0;
  HRESULT result = S_OK;
  {
    const LockedElements elements(array.Get(), VT_VARIANT);
    result = enumerator->Next(count, elements.As<VARIANT>(), &fetched);
  }
  ThrowIfFailed(result, "IEnumVARIANT::Next");
  if (fetched < count) {
    SAFEARRAYBOUND bound{fetched, 0};
    ThrowIfFailed(SafeArrayRedim(array.Get(), &bound), "SafeArrayRedim");
  }
  Variant value;
  VARIANT* const out = value.Put();
  out->vt = VT_ARRAY | VT_VARIANT;
  out->parray = array.Detach();
  EXCEPINFO none{};
  return ResultOf(S_OK, std::move(value), none, peer_);
}

void RemoteObject::SetBlanket(const BlanketOptions& blanket) {
  Use use = UseWith({});
  use.blanket = use.blanket.With(blanket);
  use.dispatch = WithBlanket(use.dispatch.Get(), use.blanket);
  const std::lock_guard lock(mutex_);
  std::swap(dispatch_, use.dispatch);
  blanket_ = std::move(use.blanket);
}

Blanket RemoteObject::QueryBlanket() { return QueryProxyBlanket(UseWith({}).dispatch.Get()); }

}  // namespace async_com
