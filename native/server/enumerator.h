#pragma once

#include <windows.h>

#include <oaidl.h>

#include "com/com_ptr.h"
#include "com/object.h"
#include "server/server_object.h"
#include "value/call_result.h"

namespace async_com {

// An enumerator whose elements come from JavaScript. Behind it is an object of the server that only
// the enumerator knows, with the methods next, skip, reset and clone. Any thread may call it.
// https://learn.microsoft.com/en-us/windows/win32/api/oaidl/nn-oaidl-ienumvariant
class Enumerator final : public ComObject<IEnumVARIANT> {
 public:
  explicit Enumerator(ComPtr<ServerObject> object);

  using ComObject::AddRefUnlessGone;

  // IEnumVARIANT. `fetched` may be null only if `count` is 1.
  HRESULT STDMETHODCALLTYPE Next(ULONG count, VARIANT* elements, ULONG* fetched) noexcept override;
  HRESULT STDMETHODCALLTYPE Skip(ULONG count) noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;
  HRESULT STDMETHODCALLTYPE Clone(IEnumVARIANT** clone) noexcept override;

 protected:
  ~Enumerator() override;

 private:
  CallResult Call(const wchar_t* method, ULONG count);
  // Returns S_FALSE unless the method returns true.
  HRESULT CallForTruth(const wchar_t* method, ULONG count);

  const ComPtr<ServerObject> object_;
};

}  // namespace async_com
