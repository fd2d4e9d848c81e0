#include "testing/call_object_reuse.h"

#include <objidl.h>

#include <memory>
#include <utility>

#include "com/win32_error.h"
#include "idl/generated/method_call.h"
#include "server/server.h"
#include "server/server_call.h"
#include "server/server_object.h"

namespace async_com {

namespace {

// Answers at once, or keeps the call and lets Begin_ return.
class KeepingHandler final : public CallHandler {
 public:
  bool Arrived(std::shared_ptr<ServerCall> call) noexcept override {
    if (keeps) {
      call->LetBeginReturn();
      kept = std::move(call);
    } else {
      call->Complete({});
    }
    return true;
  }
  void Cancelled(std::shared_ptr<ServerCall>) noexcept override {}
  void Idle() noexcept override {}
  void Unused() noexcept override {}

  bool keeps = false;
  std::shared_ptr<ServerCall> kept;
};

void Finish(AsyncIMethodCall& call) {
  Variant value;
  CallError error{};
  ThrowIfFailed(call.Finish_Call(value.Put(), &error), "Finish_Call");
}

}  // namespace

CallObjectReuse ReuseServerCallObject() {
  const auto handler = std::make_shared<KeepingHandler>();
  const auto server = Server::Create(CLSID{}, 1, true, handler);
  const auto object = make_server_object(server);
  ComPtr<IUnknown> call_object;
  ThrowIfFailed(
      object->CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, call_object.GetAddressOf()),
      "ICallFactory::CreateCall");
  ComPtr<AsyncIMethodCall> call;
  ComPtr<ISynchronize> synchronize;
  ThrowIfFailed(call_object.As(&call), "QueryInterface(AsyncIMethodCall)");
  ThrowIfFailed(call_object.As(&synchronize), "QueryInterface(ISynchronize)");

  CallObjectReuse seen;
  const Bstr method(L"any");
  ThrowIfFailed(call->Begin_Call(method.Get(), nullptr, nullptr), "Begin_Call");
  seen.wait_after_first = synchronize->Wait(0, 0);
  Finish(*call.Get());

  handler->keeps = true;
  ThrowIfFailed(call->Begin_Call(method.Get(), nullptr, nullptr), "Begin_Call");
  seen.wait_during_second = synchronize->Wait(0, 0);
  std::exchange(handler->kept, nullptr)->Complete({});
  seen.wait_after_second = synchronize->Wait(0, INFINITE);
  Finish(*call.Get());
  return seen;
}

}  // namespace async_com
