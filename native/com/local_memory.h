#pragma once

#include <windows.h>

#include <memory>

namespace async_com {

struct LocalFreer {
  void operator()(void* memory) const noexcept { LocalFree(memory); }
};

// Owns what a Windows function has allocated for its caller to give to LocalFree.
template <typename Type = void>
using LocalMemory = std::unique_ptr<Type, LocalFreer>;

}  // namespace async_com
