// The test addon's entry point. It adds faults and the functions for tests to the released addon.
#include <windows.h>

#include <array>

#include "node/addon.h"
#include "testing/fault.h"
#include "testing/functions.h"

namespace async_com {

namespace {

Napi::Object InitTestAddon(Napi::Env env, Napi::Object exports) {
  InstallFaults();
  // ASYNC_COM_FAULT in the environment names a fault with which the process starts.
  std::array<char, 64> fault{};
  if (GetEnvironmentVariableA("ASYNC_COM_FAULT", fault.data(), static_cast<DWORD>(fault.size())) >
      0) {
    ChooseFault(fault.data());
  }
  InitAddon(env, exports);
  AddTestFunctions(env, exports);
  return exports;
}

}  // namespace

// Not in the unnamed namespace, because it defines exported functions.
NODE_API_MODULE(async_com, InitTestAddon)

}  // namespace async_com
