// The test addon's entry point. It adds faults and the functions for tests to the released addon.
#include <windows.h>

#include <array>
#include <string_view>

#include "node/addon.h"
#include "testing/double/behaviour.h"
#include "testing/double/rpc_notifications_double.h"
#include "testing/double/server_double.h"
#include "testing/fault.h"
#include "testing/functions.h"

namespace async_com {

namespace {

// ASYNC_COM_DOUBLE in the environment names the doubles that the process has, with commas between.
void InstallDoublesIfAsked() {
  // Done once for each process, because a worker loads the addon again.
  static const bool asked = [] {
    std::array<char, 32> names{};
    GetEnvironmentVariableA("ASYNC_COM_DOUBLE", names.data(), static_cast<DWORD>(names.size()));
    const std::string_view all(names.data());
    if (all.find("server") != std::string_view::npos) {
      InstallServerDouble();
    }
    if (all.find("notifications") != std::string_view::npos) {
      InstallRpcNotificationsDouble();
    }
    return !all.empty();
  }();
  static_cast<void>(asked);
}

Napi::Object InitTestAddon(Napi::Env env, Napi::Object exports) {
  InstallFaults();
  InstallDoublesIfAsked();
  // ASYNC_COM_FAULT in the environment names a fault with which the process starts.
  std::array<char, 64> fault{};
  if (GetEnvironmentVariableA("ASYNC_COM_FAULT", fault.data(), static_cast<DWORD>(fault.size())) >
      0) {
    if (!ChooseFault(fault.data())) {
      ChooseBehaviour(fault.data());
    }
  }
  InitAddon(env, exports);
  AddTestFunctions(env, exports);
  return exports;
}

}  // namespace

// Not in the unnamed namespace, because it defines exported functions.
NODE_API_MODULE(async_com, InitTestAddon)

}  // namespace async_com
