#pragma once

#include <windows.h>

#include <oaidl.h>

namespace async_com {

class ServerObject;

// IDispatch of a server object: late-bound clients, such as scripts, call the server's methods by
// name. Each call is a synchronous one for COM, and goes over the bridge.
// https://learn.microsoft.com/en-us/windows/win32/api/oaidl/nn-oaidl-idispatch

// IDispatch::GetIDsOfNames. The arguments of methods have no names.
HRESULT GetIdsOfNames(ServerObject& object, REFIID reserved, OLECHAR** names, UINT count,
                      DISPID* ids) noexcept;

// IDispatch::Invoke.
HRESULT InvokeMember(ServerObject& object, DISPID id, REFIID reserved, WORD flags,
                     DISPPARAMS* parameters, VARIANT* result, EXCEPINFO* exception) noexcept;

}  // namespace async_com
