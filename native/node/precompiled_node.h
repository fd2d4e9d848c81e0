#pragma once

// The headers that most sources of this room include, compiled once.
#include <napi.h>

#include "precompiled_windows.h"
