#pragma once

#include <windows.h>

#include <objbase.h>

#include <memory>

namespace async_com {

struct TaskMemoryFreer {
  void operator()(void* memory) const noexcept { CoTaskMemFree(memory); }
};

// Owns a string that a COM function has allocated for its caller.
using TaskString = std::unique_ptr<OLECHAR, TaskMemoryFreer>;

}  // namespace async_com
