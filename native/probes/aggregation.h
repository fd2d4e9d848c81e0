#pragma once

#include <windows.h>

#include <functional>

#include "com/com_ptr.h"

namespace async_com {

// Makes a call object under a controlling unknown, and returns its non-delegating IUnknown.
using CreateAggregated = std::function<HRESULT(IUnknown* controlling, ComPtr<IUnknown>& inner)>;

// Returns whether the IUnknown of an aggregated call object is the controlling unknown, and whether
// its references are counted there. Throws ComFailure.
bool IsAggregatable(const CreateAggregated& create);

}  // namespace async_com
