#pragma once

#include <windows.h>

#include <oleauto.h>

#include <optional>

#include "value/variant.h"

namespace async_com {

// The [in] data of a call. It is valid until Begin_ has returned. After that it is overwritten
// before it is freed, so that a server notices if it still reads the data.
class InData {
 public:
  // Copies what the RPC thread has. Throws ComFailure or std::bad_alloc.
  InData(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id);

  BSTR Method() const noexcept { return method_.Get(); }
  SAFEARRAY* Arguments() const noexcept { return arguments_.Get(); }
  const GUID* CancelId() const noexcept { return cancel_id_ ? &*cancel_id_ : nullptr; }

  void Overwrite() noexcept;
  void Free() noexcept;

 private:
  Bstr method_;
  SafeArray arguments_;
  std::optional<GUID> cancel_id_;
};

}  // namespace async_com
