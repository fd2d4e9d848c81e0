#include "testing/exception_watch.h"

#include <windows.h>

#include <cstdio>
#include <mutex>
#include <utility>

#include "com/lock.h"

namespace async_com {

namespace {

Lock mutex;
std::map<std::string, std::uint32_t>& Seen() {
  static std::map<std::string, std::uint32_t> seen;
  return seen;
}

bool IsWatched(DWORD code) {
  switch (code) {
    case EXCEPTION_ACCESS_VIOLATION:
    case EXCEPTION_ILLEGAL_INSTRUCTION:
    case EXCEPTION_PRIV_INSTRUCTION:
    case EXCEPTION_INT_DIVIDE_BY_ZERO:
    case EXCEPTION_GUARD_PAGE:
    case 0xC0000374:  // STATUS_HEAP_CORRUPTION
      return true;
    default:
      return false;
  }
}

// Returns the name of the module that contains the address, and the offset in it.
std::pair<std::string, std::uint64_t> ModuleOf(std::uint64_t address) {
  HMODULE module = nullptr;
  char path[MAX_PATH] = {};
  if (!GetModuleHandleExA(
          GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
          reinterpret_cast<const char*>(address), &module) ||
      GetModuleFileNameA(module, path, sizeof path) == 0) {
    return {"?", address};
  }
  const std::string name(path);
  return {name.substr(name.find_last_of('\\') + 1),
          address - reinterpret_cast<std::uint64_t>(module)};
}

std::string Describe(const EXCEPTION_RECORD& record, CONTEXT context) {
  char text[64] = {};
  const auto [where, offset] = ModuleOf(context.Rip);
  std::snprintf(text, sizeof text, "+%llX", static_cast<unsigned long long>(offset));
  std::string words = where + text;
  std::snprintf(text, sizeof text, "%08lX ", static_cast<unsigned long>(record.ExceptionCode));
  words.insert(0, text);
  std::string last = where;
  for (int frames = 0; frames < 48; ++frames) {
    DWORD64 base = 0;
    RUNTIME_FUNCTION* const function = RtlLookupFunctionEntry(context.Rip, &base, nullptr);
    if (function == nullptr) {
      break;
    }
    void* handler_data = nullptr;
    DWORD64 frame = 0;
    RtlVirtualUnwind(UNW_FLAG_NHANDLER, base, context.Rip, function, &context, &handler_data,
                     &frame, nullptr);
    if (context.Rip == 0) {
      break;
    }
    const std::string module = ModuleOf(context.Rip).first;
    if (module != last) {
      words += " < " + module;
      last = module;
    }
  }
  return words;
}

// Returns whether COM's proxies and stubs, which read and free packets, are nearer to the exception
// than async-com.
bool IsOfMarshaling(const std::string& words) {
  return words.find("rpcrt4.dll") < words.find("async_com.node");
}

LONG CALLBACK Note(EXCEPTION_POINTERS* exception) {
  thread_local bool noting = false;
  if (!noting && IsWatched(exception->ExceptionRecord->ExceptionCode)) {
    noting = true;
    const std::string words = Describe(*exception->ExceptionRecord, *exception->ContextRecord);
    {
      const std::lock_guard lock(mutex);
      if (++Seen()[words] == 1 && !IsOfMarshaling(words)) {
        std::fprintf(stderr, "async-com: exception %s\n", words.c_str());
        std::fflush(stderr);
      }
    }
    noting = false;
  }
  return EXCEPTION_CONTINUE_SEARCH;
}

}  // namespace

void WatchExceptions() { AddVectoredExceptionHandler(1, Note); }

std::map<std::string, std::uint32_t> ExceptionsSeen() {
  const std::lock_guard lock(mutex);
  return Seen();
}

}  // namespace async_com
