#include "node/helper_thread.h"

#include <utility>

#include "node/addon_data.h"
#include "node/outcome.h"
#include "node/thread_steps.h"

namespace async_com {

Napi::Function NodeHelperThread::Define(Napi::Env env) {
  return DefineClass(env, "HelperThread",
                     {InstanceAccessor<&NodeHelperThread::ThreadId>("threadId"),
                      InstanceMethod<&NodeHelperThread::Step>("step"),
                      InstanceMethod<&NodeHelperThread::Leave>("leave")});
}

Napi::Value NodeHelperThread::New(Napi::Env env, std::shared_ptr<HelperThread> thread,
                                  DWORD thread_id) {
  const Napi::Object object = AddonData::Of(env).thread_class.New({});
  NodeHelperThread* const self = Unwrap(object);
  self->thread_ = std::move(thread);
  self->thread_id_ = thread_id;
  return object;
}

NodeHelperThread::NodeHelperThread(const Napi::CallbackInfo& info) : ObjectWrap(info) {}

Napi::Value NodeHelperThread::ThreadId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), thread_id_);
}

Napi::Value NodeHelperThread::Step(const Napi::CallbackInfo& info) {
  return RunStep(
      info,
      [thread = thread_](std::unique_ptr<Task> task) { return thread->Post(std::move(task)); },
      [thread = thread_] { return ComPtr<IServerSecurity>(thread->Security()); });
}

Napi::Value NodeHelperThread::Leave(const Napi::CallbackInfo& info) {
  auto promised =
      std::make_shared<Promised>(Promised::Create(info.Env(), AddonData::Of(info.Env()).queue));
  const Napi::Promise promise = promised->Promise();
  thread_->Post(MakeTask([thread = thread_, promised = std::move(promised)]() mutable {
    thread->LeaveThen(
        [promised = std::move(promised)] { promised->Settle(Outcome::Here(S_OK, nullptr)); });
  }));
  return promise;
}

Napi::Value OpenHelperThread(Napi::Env env, ComPtr<IServerSecurity> security,
                             std::shared_ptr<Token> worn) {
  auto promised = std::make_shared<Promised>(Promised::Create(env, AddonData::Of(env).queue));
  const Napi::Promise promise = promised->Promise();
  const auto thread = std::make_shared<HelperThread>(std::move(security), std::move(worn));
  const bool opened = thread->Open(
      [thread, promised](DWORD thread_id) {
        // Left when JavaScript has forgotten it, and when it never comes to have it.
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
