#include "testing/call_object_reuse.h"

#include <objidl.h>

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "com/ref_count.h"
#include "com/win32_error.h"
#include "idl/generated/method_call.h"
#include "server/controlling_unknown.h"
#include "server/server.h"
#include "server/server_call.h"
#include "server/server_object.h"
#include "threads/thread_pool.h"

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

HRESULT TryFinish(AsyncIMethodCall& call) {
  Variant value;
  CallError error{};
  return call.Finish_Call(value.Put(), &error);
}

void Finish(AsyncIMethodCall& call) { ThrowIfFailed(TryFinish(call), "Finish_Call"); }

ComPtr<AsyncIMethodCall> CreateAlone(ServerObject& object) {
  ComPtr<IUnknown> call_object;
  ThrowIfFailed(object.CreateCall(IID_AsyncIMethodCall, nullptr, IID_AsyncIMethodCall,
                                  call_object.GetAddressOf()),
                "ICallFactory::CreateCall");
  ComPtr<AsyncIMethodCall> call;
  ThrowIfFailed(call_object.As(&call), "QueryInterface(AsyncIMethodCall)");
  return call;
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

CallObjectFinish FinishServerCallObject() {
  const auto handler = std::make_shared<KeepingHandler>();
  handler->keeps = true;
  const auto object = make_server_object(Server::Create(CLSID{}, 1, true, handler));
  const Bstr method(L"any");
  const auto call = CreateAlone(*object.Get());
  ThrowIfFailed(call->Begin_Call(method.Get(), nullptr, nullptr), "Begin_Call");

  CallObjectFinish seen;
  const auto other = CreateAlone(*object.Get());
  seen.refused_begin = other->Begin_Call(method.Get(), nullptr, nullptr);
  seen.finish_after_that = TryFinish(*other.Get());
  seen.finish_again = TryFinish(*other.Get());

  std::promise<HRESULT> finished;
  auto finish = finished.get_future();
  ThreadPool::Worker().Run(MakeTask([&] { finished.set_value(TryFinish(*call.Get())); }));
  seen.waited = finish.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout;
  std::exchange(handler->kept, nullptr)->Complete({});
  seen.finished = finish.get();
  return seen;
}

CallObjectByInterface CreateServerCallByInterface() {
  const auto handler = std::make_shared<KeepingHandler>();
  const auto object = make_server_object(Server::Create(CLSID{}, 1, true, handler));
  const auto controlling = MakeCom<ControllingUnknown>(nullptr);
  const int before = RefCount::Objects();
  CallObjectByInterface seen;
  ComPtr<AsyncIMethodCall> call;
  seen.created = object->CreateCall(IID_AsyncIMethodCall, controlling.Get(), IID_AsyncIMethodCall,
                                    reinterpret_cast<IUnknown**>(call.GetAddressOf()));
  if (SUCCEEDED(seen.created)) {
    controlling->AddRef();
    seen.counts_controlling_unknown = controlling->Release() == 2;
    // A call uses the object, and leaves its reference counts as they were.
    ThrowIfFailed(call->Begin_Call(nullptr, nullptr, nullptr), "Begin_Call");
    Finish(*call.Get());
    call.Reset();
  }
  seen.objects_left = RefCount::Objects() - before;
  return seen;
}

}  // namespace async_com
