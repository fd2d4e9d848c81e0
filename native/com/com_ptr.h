#pragma once

#include <windows.h>

#include <wrl/client.h>

namespace async_com {

using Microsoft::WRL::ComPtr;

// Takes over a reference. ComPtr::Attach would do, but mingw-w64's adds another reference.
template <typename Object>
ComPtr<Object> Adopt(Object* referenced) noexcept {
  ComPtr<Object> object;
  *object.ReleaseAndGetAddressOf() = referenced;
  return object;
}

}  // namespace async_com
