#include "server/enumerator.h"

#include <algorithm>
#include <utility>

#include "automation/dictionary.h"
#include "com/entry.h"
#include "server/bridge.h"
#include "value/variant.h"

namespace async_com {

// The methods keep the object until they return: on some hosts CoDisconnectObject releases it in
// the middle of a call.

namespace {

// The most elements that JavaScript is asked for, or skips, at a time. In between it does other
// work: a client may skip billions.
constexpr ULONG kMostAtATime = 1024;

HRESULT FailureOf(const CallResult& answer) noexcept {
  return FAILED(answer.hresult) ? answer.hresult : answer.handler_error;
}

}  // namespace

Enumerator::Enumerator(ComPtr<ServerObject> object) : object_(std::move(object)) {
  object_->SetEnumerator(this);
}

Enumerator::~Enumerator() { object_->SetEnumerator(nullptr); }

CallResult Enumerator::Call(const wchar_t* method, ULONG count) {
  const Member* const member = object_->Class().FindExact(method);
  SafeArray arguments = SafeArray::Create(VT_VARIANT, 1);
  {
    const LockedElements elements(arguments.Get(), VT_VARIANT);
    VARIANT& argument = *elements.As<VARIANT>();
    argument.vt = VT_UI4;
    argument.ulVal = count;
  }
  const Bstr name(method);
  ServerCall::Origin origin(name.Get(), arguments.Get(), member, Access::kCall, object_->Target());
  return CallThroughBridge(*object_.Get(), std::move(origin));
}

HRESULT Enumerator::CallForTruth(const wchar_t* method, ULONG count) {
  const CallResult answer = Call(method, count);
  if (const HRESULT failed = FailureOf(answer); FAILED(failed)) {
    return failed;
  }
  const VARIANT& value = answer.value.Get();
  return value.vt == VT_BOOL && value.boolVal != VARIANT_FALSE ? S_OK : S_FALSE;
}

HRESULT Enumerator::Next(ULONG count, VARIANT* elements, ULONG* fetched) noexcept {
  if (fetched != nullptr) {
    *fetched = 0;
  }
  if ((elements == nullptr && count > 0) || (fetched == nullptr && count != 1)) {
    return E_POINTER;
  }
  for (ULONG index = 0; index < count; ++index) {
    VariantInit(&elements[index]);
  }
  ULONG taken = 0;
  const ComPtr<IEnumVARIANT> self(this);
  const HRESULT result = Guarded([&]() -> HRESULT {
    while (taken < count) {
      const ULONG wanted = std::min(count - taken, kMostAtATime);
      CallResult answer = Call(L"next", wanted);
      if (const HRESULT failed = FailureOf(answer); FAILED(failed)) {
        return failed;
      }
      const VARIANT& value = answer.value.Get();
      if (value.vt != (VT_ARRAY | VT_VARIANT)) {
        return E_UNEXPECTED;
      }
      const LockedElements given(value.parray, VT_VARIANT);
      const ULONG got = std::min(given.Length(), wanted);
      for (ULONG index = 0; index < got; ++index) {
        std::swap(elements[taken], given.As<VARIANT>()[index]);
        DictionariesToObjects(elements[taken++]);
      }
      if (got < wanted) {
        return S_FALSE;
      }
    }
    return S_OK;
  });
  if (FAILED(result)) {
    for (ULONG index = 0; index < taken; ++index) {
      VariantClear(&elements[index]);
    }
    return result;
  }
  if (fetched != nullptr) {
    *fetched = taken;
  }
  return result;
}

HRESULT Enumerator::Skip(ULONG count) noexcept {
  const ComPtr<IEnumVARIANT> self(this);
  return Guarded([&] {
    HRESULT skipped = S_OK;
    // The last call asks for nothing if there is nothing to skip.
    do {
      const ULONG part = std::min(count, kMostAtATime);
      skipped = CallForTruth(L"skip", part);
      count -= part;
    } while (skipped == S_OK && count > 0);
    return skipped;
  });
}

HRESULT Enumerator::Reset() noexcept {
  const ComPtr<IEnumVARIANT> self(this);
  return Guarded([&] { return CallForTruth(L"reset", 0); });
}

HRESULT Enumerator::Clone(IEnumVARIANT** clone) noexcept {
  if (clone == nullptr) {
    return E_POINTER;
  }
  *clone = nullptr;
  const ComPtr<IEnumVARIANT> self(this);
  return Guarded([&]() -> HRESULT {
    const CallResult answer = Call(L"clone", 0);
    if (const HRESULT failed = FailureOf(answer); FAILED(failed)) {
      return failed;
    }
    const VARIANT& value = answer.value.Get();
    return value.vt == VT_UNKNOWN && value.punkVal != nullptr
               ? value.punkVal->QueryInterface(IID_PPV_ARGS(clone))
               : E_NOTIMPL;
  });
}

}  // namespace async_com
