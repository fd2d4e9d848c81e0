#include "com/runtime.h"

#include <objbase.h>

#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "com/apartment.h"
#include "com/com_ptr.h"
#include "com/entry.h"
#include "com/lock.h"
#include "com/wine.h"
#include "idl/proxy_stub.h"

namespace async_com {

namespace {

// Starts a thread that stays in the apartment until the process ends. On Windows
// CoIncrementMTAUsage would be enough. On Wine 8.0 COM still forgets the proxy/stub when the last
// thread that initialized COM ends.
void KeepApartmentAlive() {
  std::promise<void> entered;
  auto inside = entered.get_future();
  std::thread([entered = std::move(entered)]() mutable {
    const MultithreadedApartment apartment;
    entered.set_value();
    SleepEx(INFINITE, FALSE);
  }).detach();
  inside.wait();
}

void EnsureApartment() {
  static Lock mutex;
  static bool kept = false;
  const std::lock_guard lock(mutex);
  if (!kept) {
    KeepApartmentAlive();
    kept = true;
  }
}

ComPtr<IPSFactoryBuffer> GeneratedProxyStub() {
  ComPtr<IPSFactoryBuffer> factory;
  ThrowIfFailed(MethodCallProxyDllGetClassObject(CLSID_MethodCallProxy, IID_IPSFactoryBuffer,
                                                 reinterpret_cast<void**>(factory.GetAddressOf())),
                "MethodCallProxyDllGetClassObject");
  return factory;
}

void RegisterProxyStub() {
  const auto factory = proxy_stub_factory();
  DWORD cookie = 0;
  ThrowIfFailed(CoRegisterClassObject(CLSID_MethodCallProxy, factory.Get(), CLSCTX_INPROC_SERVER,
                                      REGCLS_MULTIPLEUSE, &cookie),
                "CoRegisterClassObject");
  for (const IID& iid : {IID_IMethodCall, IID_AsyncIMethodCall, IID_ICallCancellation}) {
    ThrowIfFailed(CoRegisterPSClsid(iid, CLSID_MethodCallProxy), "CoRegisterPSClsid");
  }
}

}  // namespace

HRESULT StartComRuntime() noexcept {
  static const HRESULT started = Guarded([] {
    EnsureApartment();
    EnsureProcessSecurity();
    RegisterProxyStub();
    return KeepInterfacesExported();
  });
  return started;
}

void StartComRuntimeWith(const ProcessSecurity& security) {
  EnsureApartment();
  InitializeProcessSecurity(security);
  ThrowIfFailed(StartComRuntime(), "StartComRuntime");
}

constinit Seam<ComPtr<IPSFactoryBuffer>()> proxy_stub_factory(GeneratedProxyStub);

}  // namespace async_com
