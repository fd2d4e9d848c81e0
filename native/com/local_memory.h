#pragma once

#include <windows.h>

#include <memory>

namespace async_com {

struct LocalFreer {
  void operator()(void* memory) const noexcept { LocalFree(memory); }
};

// Owns memory that a Windows function has allocated and that the caller must free with LocalFree.
template <typename Type = void>
using LocalMemory = std::unique_ptr<Type, LocalFreer>;

}  // namespace async_com
