#pragma once

// The headers that most sources include, compiled once. Node-API's headers are in
// native/node/precompiled_node.h.
#include <windows.h>

#include <objbase.h>
#include <objidl.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <wrl/client.h>
