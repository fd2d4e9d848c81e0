#pragma once

#include <windows.h>

#include <string>

namespace interop {

// Makes the proxy/stub of the published interfaces known in this process while this object lives.
// Must be used on a thread of the multithreaded apartment.
class ProxyStub {
 public:
  // If `where` is "registered", COM finds the DLL in the registry, and nothing is done here.
  // Otherwise it is the DLL's path. Then the registry needs no entry, and the DLL is registered in
  // this process alone. Throws Failure.
  explicit ProxyStub(const std::wstring& where);
  ProxyStub(const ProxyStub&) = delete;
  ProxyStub& operator=(const ProxyStub&) = delete;
  ~ProxyStub();

 private:
  DWORD cookie_ = 0;
};

// Loads the DLL. Throws Failure.
HMODULE LoadProxyStub(const std::wstring& path);

}  // namespace interop
