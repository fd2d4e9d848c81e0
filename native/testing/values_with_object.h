#pragma once

#include <windows.h>

#include <oleauto.h>

#include <string_view>

namespace async_com {

// For tests: puts a value in the empty VARIANT that a server may send and JavaScript refuses. Most
// have one object in them, below arrays, records or references. `name` names the value:
// test/value/value.test.ts has the list. Returns DISP_E_UNKNOWNNAME for any other name.
HRESULT PutValueWithObject(std::wstring_view name, VARIANT& value);

// Returns the id of the thread that released such an object, or 0 if none was released since the
// last call of this function.
DWORD ThreadOfLastRelease() noexcept;

}  // namespace async_com
