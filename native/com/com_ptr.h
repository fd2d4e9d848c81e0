#pragma once

#include <windows.h>

#include <wrl/client.h>

namespace async_com {

using Microsoft::WRL::ComPtr;

// Takes ownership of a reference without adding one. ComPtr::Attach would do the same, but
// mingw-w64's version adds a reference.
template <typename Object>
ComPtr<Object> Adopt(Object* referenced) noexcept {
  ComPtr<Object> object;
  *object.ReleaseAndGetAddressOf() = referenced;
  return object;
}

}  // namespace async_com
