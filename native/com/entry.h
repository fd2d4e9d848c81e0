#pragma once

#include <windows.h>

#include <exception>
#include <new>
#include <system_error>

#include "com/win32_error.h"

namespace async_com {

// Wraps the body of every method that COM calls: an exception must never cross into COM, whose
// frames do not unwind, so each becomes the HRESULT that says the same.
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
