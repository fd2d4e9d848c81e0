#include "client/activation.h"

#include <objbase.h>

#include "com/runtime.h"
#include "com/same_name.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

bool IsThisComputer(const std::wstring& host) {
  if (IsSameName(host, L"localhost") || host == L"127.0.0.1" || host == L"::1") {
    return true;
  }
  for (const COMPUTER_NAME_FORMAT format :
       {ComputerNameNetBIOS, ComputerNameDnsHostname, ComputerNameDnsFullyQualified}) {
    DWORD size = 0;
    GetComputerNameExW(format, nullptr, &size);
    std::wstring name(size, L'\0');
    if (size != 0 && GetComputerNameExW(format, name.data(), &size)) {
      name.resize(size);
      if (IsSameName(host, name)) {
        return true;
      }
    }
  }
  return false;
}

constexpr int kMostTries = 4;

// Returns whether an activation failed because the server's process was ending. A process that COM
// has started returns CO_E_SERVER_STOPPING then. On Wine, which does not keep the end of a process
// and a new client apart, COM may return E_FAIL. RPC_S_CALL_FAILED_DNE comes from a connection that
// RPC had kept to a process that has ended and whose id the server has now. In all three cases no
// handler has run, so trying again does no harm.
bool WasEnding(HRESULT result) noexcept {
  return result == CO_E_SERVER_STOPPING || result == E_FAIL ||
         result == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED_DNE);
}

}  // namespace

void ActivateServer(const std::wstring& name, const std::wstring& host, REFIID iid, void** object) {
  *object = nullptr;
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
  CLSID clsid{};
  // CLSIDFromString accepts a CLSID in braces and a ProgID.
  ThrowIfFailed(CLSIDFromString(name.c_str(), &clsid), "CLSIDFromString");
  if (host.empty() || IsThisComputer(host)) {
    HRESULT result = E_FAIL;
    for (int tries = 0; tries < kMostTries && WasEnding(result); ++tries) {
      result = CoCreateInstance(clsid, nullptr, CLSCTX_LOCAL_SERVER, iid, object);
    }
    ThrowIfFailed(result, "CoCreateInstance");
    return;
  }
  std::wstring computer = host;
  COSERVERINFO server{};
  server.pwszName = computer.data();
  MULTI_QI wanted{};
  wanted.pIID = &iid;
  const HRESULT result =
      CoCreateInstanceEx(clsid, nullptr, CLSCTX_REMOTE_SERVER, &server, 1, &wanted);
  ThrowIfFailed(result, "CoCreateInstanceEx");
  ThrowIfFailed(wanted.hr, "CoCreateInstanceEx");
  *object = wanted.pItf;
}

}  // namespace async_com
