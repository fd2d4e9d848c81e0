// The test addon's entry point: the released addon, what only tests need, and faults.
#include <windows.h>

#include <array>

#include "node/addon.h"
#include "testing/fault.h"
#include "testing/functions.h"

namespace async_com {

namespace {

Napi::Object InitTestAddon(Napi::Env env, Napi::Object exports) {
  InstallFaults();
  // A process that is started broken: what the fault's name in its environment says.
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

// Not in the unnamed namespace: it defines what is exported.
NODE_API_MODULE(async_com, InitTestAddon)

}  // namespace async_com
