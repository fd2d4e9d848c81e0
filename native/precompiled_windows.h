#pragma once

// What most sources include, compiled once. Nothing of Node: see native/node/precompiled_node.h.
#include <windows.h>

#include <objbase.h>
#include <objidl.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <wrl/client.h>
