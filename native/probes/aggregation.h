#pragma once

#include <windows.h>

#include <functional>

#include "com/com_ptr.h"

namespace async_com {

// Makes a call object under a controlling unknown, and gives its non-delegating IUnknown.
using CreateAggregated = std::function<HRESULT(IUnknown* controlling, ComPtr<IUnknown>& inner)>;

// Whether the IUnknown of an aggregated call object is the controlling one, on which its references
// are counted. Throws ComFailure.
bool IsAggregatable(const CreateAggregated& create);

}  // namespace async_com
