#pragma once

#include <windows.h>

#include <functional>

#include "com/ref_count.h"

namespace async_com {

// Makes a call object under a controlling unknown, and gives its non-delegating IUnknown.
using CreateAggregated = std::function<HRESULT(IUnknown* controlling, ComPtr<IUnknown>& inner)>;

// Whether the IUnknown of an aggregated call object is the controlling one, which its references
// are counted on. Throws ComFailure.
bool Aggregates(const CreateAggregated& create);

}  // namespace async_com
