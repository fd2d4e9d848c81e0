// Calls the class of ../counter early bound: by the numbers of generated/counter.h, without asking
// the object for names. It prints the count. The class must be registered.
//
// With MSVC #import makes classes of the type library, which do what Invoke does here. Nobody has
// tried these lines yet:
//
//   #import "counter.tlb" no_namespace
//   _CounterPtr counter(__uuidof(Counter));
//   counter->add(5);
//   std::printf("%ld\n", counter->count);
#include <windows.h>

#include <oleauto.h>

#include <cstdio>

// With this header, the next one defines its GUIDs in this file.
#include <initguid.h>

#include "generated/counter.h"

namespace {

// Calls a member that takes one number at most. The caller clears the result.
HRESULT Invoke(IDispatch& object, DISPID member, WORD how, LONG* argument, VARIANT* result) {
  VARIANT number{};
  number.vt = VT_I4;
  number.lVal = argument != nullptr ? *argument : 0;
  DISPPARAMS parameters{};
  parameters.rgvarg = &number;
  parameters.cArgs = argument != nullptr ? 1 : 0;
  DISPID put = DISPID_PROPERTYPUT;
  if (how == DISPATCH_PROPERTYPUT) {
    parameters.rgdispidNamedArgs = &put;
    parameters.cNamedArgs = 1;
  }
  return object.Invoke(member, IID_NULL, LOCALE_NEUTRAL, how, &parameters, result, nullptr,
                       nullptr);
}

HRESULT Count(IDispatch& counter) {
  LONG start = 37;
  LONG by = 4;
  VARIANT result{};
  HRESULT hresult = Invoke(counter, DISPID_Counter_count, DISPATCH_PROPERTYPUT, &start, nullptr);
  if (SUCCEEDED(hresult)) {
    hresult = Invoke(counter, DISPID_Counter_add, DISPATCH_METHOD, &by, nullptr);
  }
  if (SUCCEEDED(hresult)) {
    // Without its argument, which is 1 then.
    hresult = Invoke(counter, DISPID_Counter_add, DISPATCH_METHOD, nullptr, nullptr);
  }
  if (SUCCEEDED(hresult)) {
    hresult = Invoke(counter, DISPID_Counter_count, DISPATCH_PROPERTYGET, nullptr, &result);
  }
  if (SUCCEEDED(hresult)) {
    // The type is the one that the class declares: VT_I4.
    std::printf("%ld\n", result.lVal);
    VariantClear(&result);
  }
  return hresult;
}

HRESULT Run() {
  IDispatch* counter = nullptr;
  // Register the type library, too (--typelib), to ask for DIID__Counter in place of IID_IDispatch.
  HRESULT hresult = CoCreateInstance(CLSID_Counter, nullptr, CLSCTX_LOCAL_SERVER, IID_IDispatch,
                                     reinterpret_cast<void**>(&counter));
  if (SUCCEEDED(hresult)) {
    hresult = Count(*counter);
    counter->Release();
  }
  return hresult;
}

}  // namespace

int main() {
  HRESULT hresult = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  if (SUCCEEDED(hresult)) {
    hresult = Run();
    CoUninitialize();
  }
  if (FAILED(hresult)) {
    std::fprintf(stderr, "failed with 0x%08lX\n", static_cast<unsigned long>(hresult));
    return 1;
  }
  return 0;
}
