#include "node/helper_thread.h"

#include <utility>

#include "node/addon_data.h"
#include "node/outcome.h"
#include "node/promised.h"

namespace async_com {

Napi::Function NodeHelperThread::Define(Napi::Env env) {
  auto properties = ThreadMethods::Describe<NodeHelperThread>();
  properties.push_back(InstanceMethod<&NodeHelperThread::ThreadId>("threadId"));
  properties.push_back(InstanceMethod<&NodeHelperThread::Leave>("leave"));
  return DefineClass(env, "HelperThread", properties);
}

Napi::Value NodeHelperThread::New(Napi::Env env, std::shared_ptr<HelperThread> thread,
                                  DWORD thread_id) {
  const Napi::Object object = AddonData::Of(env).helper_thread_class.New({});
  NodeHelperThread* const self = Unwrap(object);
  self->thread_ = std::move(thread);
  self->thread_id_ = thread_id;
  return object;
}

NodeHelperThread::NodeHelperThread(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

HRESULT NodeHelperThread::PostToThread(std::unique_ptr<Task>& task) {
  return thread_->Post(task) ? S_OK : RPC_E_CALL_COMPLETE;
}

ThreadMethods::SecurityOfThread NodeHelperThread::Security() {
  return [thread = thread_] { return ComPtr<IServerSecurity>(thread->Security()); };
}

// The id is in the outcome's `threadId`, as it is for a call's thread.
Napi::Value NodeHelperThread::ThreadId(const Napi::CallbackInfo& info) {
  Outcome known = Outcome::Here(S_OK, "GetCurrentThreadId");
  known.thread_id = thread_id_;
  return Settled(info.Env(), std::move(known));
}

Napi::Value NodeHelperThread::Leave(const Napi::CallbackInfo& info) {
  auto promised = std::make_shared<Promised>(Promised::Create(info.Env()));
  const Napi::Promise promise = promised->Promise();
  const bool left =
      thread_->LeaveThen([promised] { promised->Settle(Outcome::Here(S_OK, nullptr)); });
  if (!left) {
    promised->Settle(Outcome::NotRun(RPC_E_CALL_COMPLETE));
  }
  return promise;
}

Napi::Value OpenHelperThread(Napi::Env env, ComPtr<IServerSecurity> security,
                             std::shared_ptr<Token> token) {
  auto promised = std::make_shared<Promised>(Promised::Create(env));
  const Napi::Promise promise = promised->Promise();
  const auto thread = std::make_shared<HelperThread>(std::move(security), std::move(token));
  const bool opened = thread->Open(
      [thread, promised](DWORD thread_id) {
        // The thread is left when JavaScript has forgotten it, and if JavaScript never gets it.
        const std::shared_ptr<HelperThread> owned(thread.get(),
                                                  [thread](HelperThread*) { thread->Leave(); });
        Outcome outcome = Outcome::Here(S_OK, nullptr);
        outcome.value = [owned, thread_id](Napi::Env on) {
          return NodeHelperThread::New(on, owned, thread_id);
        };
        promised->Settle(std::move(outcome));
      },
      [promised](DWORD error) {
        promised->Settle(Outcome::Here(HRESULT_FROM_WIN32(error), "SetThreadToken"));
      });
  if (!opened) {
    promised->Settle(
        Outcome::Here(HRESULT_FROM_WIN32(ERROR_MAX_THRDS_REACHED), "opening a helper thread"));
  }
  return promise;
}

}  // namespace async_com
