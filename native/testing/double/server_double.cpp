#include "testing/double/server_double.h"

#include <objbase.h>
#include <objidl.h>
#include <rpc.h>
#include <rpcdcep.h>

#include "com/entry.h"
#include "com/object.h"
#include "com/runtime.h"
#include "com/wine.h"
#include "security/rpc_call.h"
#include "testing/double/asynchronous_call.h"
#include "testing/double/behaviour.h"
#include "testing/double/stub_target.h"

namespace async_com {

namespace {

decltype(proxy_stub_factory)::Function real_factory = nullptr;

// Makes the generated proxies and stubs. Each stub of IMethodCall has a stub target as its server
// object.
class StubFactory final : public ComObject<IPSFactoryBuffer> {
 public:
  explicit StubFactory(ComPtr<IPSFactoryBuffer> generated) : generated_(std::move(generated)) {}

  HRESULT STDMETHODCALLTYPE CreateProxy(IUnknown* outer, REFIID iid, IRpcProxyBuffer** proxy,
                                        void** object) noexcept override {
    return generated_->CreateProxy(outer, iid, proxy, object);
  }

  HRESULT STDMETHODCALLTYPE CreateStub(REFIID iid, IUnknown* server_object,
                                       IRpcStubBuffer** stub) noexcept override {
    ComPtr<IMethodCall> called;
    if (iid != IID_IMethodCall || server_object == nullptr ||
        FAILED(server_object->QueryInterface(IID_PPV_ARGS(&called)))) {
      return generated_->CreateStub(iid, server_object, stub);
    }
    return Guarded(
        [&] { return generated_->CreateStub(iid, MakeStubTarget(std::move(called)).Get(), stub); });
  }

 private:
  const ComPtr<IPSFactoryBuffer> generated_;
};

ComPtr<IPSFactoryBuffer> MakeStubFactory() { return MakeCom<StubFactory>(real_factory()); }

RPC_BINDING_HANDLE CurrentRpcCall() {
  const RPC_BINDING_HANDLE of_begin = RpcCallOfBeginThread();
  return of_begin != nullptr ? of_begin : I_RpcGetCurrentCallHandle();
}

}  // namespace

void InstallServerDouble() noexcept {
  real_factory = proxy_stub_factory.Replace(MakeStubFactory);
  current_rpc_call.Replace(CurrentRpcCall);
  com_runs_down_references.Replace([] { return ChosenBehaviour() != Behaviour::kNoRundown; });
}

bool HasServerDouble() noexcept { return real_factory != nullptr; }

}  // namespace async_com
