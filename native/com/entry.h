#pragma once

#include <windows.h>

#include <exception>
#include <new>
#include <system_error>

#include "com/win32_error.h"

namespace async_com {

// Runs the body of a method that COM calls, and turns an exception into the corresponding HRESULT.
// Every such method uses this, because COM's stack frames do not unwind: an exception must never
// cross into COM.
template <typename Body>
HRESULT Guarded(Body&& body) noexcept {
  try {
    return body();
  } catch (const WindowsFailure& failure) {
    return failure.Result();
  } catch (const std::bad_alloc&) {
    return E_OUTOFMEMORY;
  } catch (const std::system_error&) {
    return HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES);
  } catch (...) {
    return E_UNEXPECTED;
  }
}

}  // namespace async_com
