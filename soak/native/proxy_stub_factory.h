#pragma once

#include <windows.h>

#include <objidl.h>

#include <string>

#include "com.h"

namespace soak {

// The interfaces of the proxy/stub that processes call each other with.
const IID& InterfaceOf(bool cancellation);

// Loads the proxy/stub DLL, and returns its factory. Throws Failure.
interop::ComPtr<IPSFactoryBuffer> LoadFactory(const std::wstring& dll);

// Makes `factory` the one that COM takes proxies and stubs of the published interfaces from, in
// this process. Throws Failure.
void RegisterFactory(IUnknown* factory);

}  // namespace soak
