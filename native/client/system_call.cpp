#include "client/system_call.h"

#include <tuple>

#include "client/client_controlling_unknown.h"
#include "com/entry.h"
#include "com/win32_error.h"
#include "threads/pool_timer.h"

namespace async_com {

namespace {

// Returns whether the call object is aggregated. A factory that ignores the controlling unknown
// makes a call object that never calls it.
bool IsPartOf(IUnknown& controlling, AsyncIMethodCall& call) noexcept {
  ComPtr<IUnknown> identity;
  return SUCCEEDED(call.QueryInterface(IID_PPV_ARGS(&identity))) && identity.Get() == &controlling;
}

}  // namespace

HRESULT SystemCall::Objects::Find() noexcept {
  HRESULT found = call.As(&asynchronous);
  if (SUCCEEDED(found)) {
    found = call.As(&synchronize);
  }
  if (SUCCEEDED(found)) {
    found = call.As(&cancel);
  }
  return found;
}

void SystemCall::Objects::Release() noexcept {
  cancel.Reset();
  synchronize.Reset();
  asynchronous.Reset();
  call.Reset();
}

HRESULT SystemCall::Create(ICallFactory& factory, const std::shared_ptr<Peer>& peer,
                           std::shared_ptr<SystemCall>& call) {
  {
    auto completion = std::make_shared<CallCompletion>(peer->Completions());
    const auto controlling = MakeCom<ClientControllingUnknown>(completion);
    ComPtr<IUnknown> inner;
    if (SUCCEEDED(
            factory.CreateCall(IID_AsyncIMethodCall, controlling.Get(), IID_IUnknown, &inner)) &&
        inner != nullptr && SUCCEEDED(controlling->SetInner(std::move(inner)))) {
      Objects objects;
      objects.call = controlling.Get();
      if (SUCCEEDED(objects.Find()) && IsPartOf(*controlling.Get(), *objects.asynchronous.Get())) {
        call.reset(new SystemCall(peer, std::move(objects), std::move(completion)));
        return S_OK;
      }
    }
  }
  Objects objects;
  HRESULT made =
      factory.CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, objects.call.GetAddressOf());
  if (SUCCEEDED(made)) {
    made = objects.call == nullptr ? E_NOINTERFACE : objects.Find();
  }
  if (SUCCEEDED(made)) {
    call.reset(new SystemCall(peer, std::move(objects), nullptr));
  }
  return made;
}

SystemCall::~SystemCall() {
  try {
    auto release = MakeTask([objects = std::move(objects_)]() mutable { objects.Release(); });
    if (completion_ != nullptr && in_progress_) {
      release = MakeTask([peer = peer_, task = std::move(release)]() mutable {
        try {
          peer->Errands().Run(std::move(task));
        } catch (...) {
          // As below.
        }
      });
      completion_->Then(std::move(release), INFINITE);
    } else {
      peer_->Errands().Run(std::move(release));
    }
  } catch (...) {
    // No thread is available. Destroying the task has released the pointers on this thread.
  }
}

HRESULT SystemCall::Begin(BSTR method, SAFEARRAY* arguments, const GUID* cancel_id) noexcept {
  const HRESULT begun = objects_.asynchronous->Begin_Call(method, arguments, cancel_id);
  if (SUCCEEDED(begun)) {
    in_progress_ = true;
  }
  return begun;
}

HRESULT SystemCall::Wait(DWORD milliseconds) noexcept {
  return objects_.synchronize->Wait(0, milliseconds);
}

HRESULT SystemCall::Finish(VARIANT* result, CallError* error) noexcept {
  const HRESULT finished = objects_.asynchronous->Finish_Call(result, error);
  in_progress_ = false;
  constexpr HRESULT kRawCancelled = RPC_S_CALL_CANCELLED;
  return finished == kRawCancelled ? HRESULT_FROM_WIN32(RPC_S_CALL_CANCELLED) : finished;
}

HRESULT SystemCall::Cancel(ULONG seconds) noexcept { return objects_.cancel->Cancel(seconds); }

HRESULT SystemCall::TestCancel() noexcept { return objects_.cancel->TestCancel(); }

// Waits for a handle in the thread pool of Windows, and then queues a task. It destroys itself.
class SystemCall::HandleWait {
 public:
  // `owner` keeps the handle open. Throws Win32Error.
  static void Start(HANDLE handle, ComPtr<IUnknown> owner, std::shared_ptr<BoundedQueue> queue,
                    std::unique_ptr<Task> task, DWORD milliseconds) {
    auto wait = std::unique_ptr<HandleWait>(
        new HandleWait(std::move(owner), std::move(queue), std::move(task)));
    PTP_WAIT pool_wait = CreateThreadpoolWait(Over, wait.get(), nullptr);
    if (pool_wait == nullptr) {
      ThrowLastError("CreateThreadpoolWait");
    }
    std::ignore = wait.release();
    FILETIME due = InMilliseconds(milliseconds);
    SetThreadpoolWait(pool_wait, handle, milliseconds == INFINITE ? nullptr : &due);
  }

 private:
  HandleWait(ComPtr<IUnknown> owner, std::shared_ptr<BoundedQueue> queue,
             std::unique_ptr<Task> task) noexcept
      : owner_(std::move(owner)), queue_(std::move(queue)), task_(std::move(task)) {}

  static void CALLBACK Over(PTP_CALLBACK_INSTANCE, void* wait, PTP_WAIT pool_wait, TP_WAIT_RESULT) {
    CloseThreadpoolWait(pool_wait);
    const std::unique_ptr<HandleWait> self(static_cast<HandleWait*>(wait));
    try {
      // The owner is released on a thread of the queue.
      self->queue_->Run(MakeTask(
          [owner = std::move(self->owner_), task = std::move(self->task_)] { task->Run(); }));
    } catch (...) {
      // The task is destroyed, and says so to whoever waits for it.
    }
  }

  ComPtr<IUnknown> owner_;
  const std::shared_ptr<BoundedQueue> queue_;
  std::unique_ptr<Task> task_;
};

void SystemCall::WhenComplete(std::unique_ptr<Task> task, DWORD milliseconds) noexcept {
  try {
    if (completion_ != nullptr) {
      completion_->Then(std::move(task), milliseconds);
      return;
    }
    ComPtr<ISynchronizeHandle> synchronize_handle;
    HANDLE handle = nullptr;
    if (SUCCEEDED(objects_.call.As(&synchronize_handle)) &&
        SUCCEEDED(synchronize_handle->GetHandle(&handle)) && handle != nullptr) {
      HandleWait::Start(handle, objects_.call, peer_->Completions().shared_from_this(),
                        std::move(task), milliseconds);
      return;
    }
    peer_->Calls().Run(
        MakeTask([synchronize = objects_.synchronize, task = std::move(task), milliseconds] {
          std::ignore = synchronize->Wait(0, milliseconds);
          task->Run();
        }));
  } catch (...) {
    // No thread or no memory is available. The task is destroyed.
  }
}

}  // namespace async_com
