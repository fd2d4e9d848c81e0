#pragma once

// What most sources of this room include, compiled once.
#include <napi.h>

#include "precompiled_windows.h"
