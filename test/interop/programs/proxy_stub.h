#pragma once

#include <windows.h>

#include <string>

namespace interop {

// The proxy/stub of the published interfaces in this process, while this lives. On a thread of the
// multithreaded apartment.
class ProxyStub {
 public:
  // `where` is "registered": COM finds the DLL in the registry, and nothing is done here. Else it
  // is the DLL's path: nothing is in the registry, and this process alone is told. Throws Failure.
  explicit ProxyStub(const std::wstring& where);
  ProxyStub(const ProxyStub&) = delete;
  ProxyStub& operator=(const ProxyStub&) = delete;
  ~ProxyStub();

 private:
  DWORD cookie_ = 0;
};

// Throws Failure.
HMODULE LoadProxyStub(const std::wstring& path);

}  // namespace interop
