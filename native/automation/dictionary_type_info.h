#pragma once

#include <windows.h>

#include <oaidl.h>

#include <string>
#include <utility>
#include <vector>

#include "com/com_ptr.h"

namespace async_com {

// What tools see of a dictionary: its own members and, as properties, those of its keys that can be
// names in a type library. `keys` are the keys with their DISPIDs. PowerShell finds properties in
// no other way. The calling thread must be in an apartment. Throws WindowsFailure.
ComPtr<ITypeInfo> TypeInfoOfDictionary(const std::vector<std::pair<std::wstring, DISPID>>& keys);

}  // namespace async_com
