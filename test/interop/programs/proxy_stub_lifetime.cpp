// Shows when the proxy/stub DLL may be unloaded, and which class objects it gives: a line for each
// step. The argument is the DLL's path.
#include <windows.h>

#include <string>

#include "arguments.h"
#include "com.h"
#include "lines.h"
#include "method_call.h"
#include "proxy_stub.h"

namespace {

template <typename Function>
Function Entry(HMODULE dll, const char* name) {
  const auto entry = reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(dll, name)));
  if (entry == nullptr) {
    throw interop::Failure(HRESULT_FROM_WIN32(GetLastError()), name);
  }
  return entry;
}

void Show(const std::string& what, HRESULT result) {
  interop::WriteLine(what + ": " + interop::Hex(result));
}

}  // namespace

int main() {
  return interop::RunProgram([] {
    const interop::Arguments arguments;
    const interop::Apartment apartment;
    const HMODULE dll = interop::LoadProxyStub(arguments.At(0));
    const auto class_object = Entry<LPFNGETCLASSOBJECT>(dll, "DllGetClassObject");
    const auto can_unload = Entry<LPFNCANUNLOADNOW>(dll, "DllCanUnloadNow");

    Show("can unload at first", can_unload());
    {
      interop::ComPtr<IUnknown> object;
      void** const out = reinterpret_cast<void**>(object.GetAddressOf());
      Show("another class", class_object(CLSID_NULL, IID_IPSFactoryBuffer, out));
      Show("its class", class_object(CLSID_MethodCallProxy, IID_IPSFactoryBuffer, out));
      Show("can unload meanwhile", can_unload());
    }
    Show("can unload at last", can_unload());
    for (const char* const name : {"DllRegisterServer", "DllUnregisterServer"}) {
      interop::WriteLine(std::string(name) + ": " +
                         (GetProcAddress(dll, name) == nullptr ? "none" : "there"));
    }
  });
}
