#pragma once

#include <windows.h>

#include <oaidl.h>

namespace async_com {

class ServerObject;

// IDispatch of a server object: late-bound clients, such as scripts, use the members of its class
// by name. Each call is a synchronous one for COM, and goes over the bridge.
// https://learn.microsoft.com/en-us/windows/win32/api/oaidl/nn-oaidl-idispatch

// IDispatch::GetIDsOfNames. The DISPID of a parameter is its place.
HRESULT GetIdsOfNames(ServerObject& object, REFIID reserved, OLECHAR** names, UINT count,
                      DISPID* ids) noexcept;

// IDispatch::Invoke.
HRESULT InvokeMember(ServerObject& object, DISPID id, REFIID reserved, LCID locale, WORD flags,
                     DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception,
                     UINT* wrong_argument) noexcept;

}  // namespace async_com
