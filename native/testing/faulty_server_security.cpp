#include "testing/faulty_server_security.h"

#include <objbase.h>

#include <atomic>
#include <tuple>
#include <utility>

#include "com/entry.h"
#include "com/handle.h"
#include "com/win32_error.h"
#include "security/clean_thread.h"
#include "security/server_security.h"
#include "security/thread_token.h"
#include "testing/fault.h"
#include "testing/faulty_functions.h"
#include "testing/remembered_token.h"

namespace async_com {

namespace {

// How many threads impersonate, over all calls.
std::atomic<int> impersonating_anywhere{0};

// Puts a token on another thread of this process. Null removes the thread's token.
void SetTokenOfThread(DWORD thread_id, const Token* token) {
  const UniqueHandle thread(OpenThread(THREAD_ALL_ACCESS, FALSE, thread_id));
  HANDLE target = thread.Get();
  if (target == nullptr || !SetThreadToken(&target, token == nullptr ? nullptr : token->Get())) {
    ThrowLastError("SetThreadToken");
  }
}

// A call context that stays on a thread when its call is over.
class LeftBehind final : public IUnknown {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    *object = iid == IID_IUnknown ? this : nullptr;
    return *object == nullptr ? E_NOINTERFACE : S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return 1; }
  ULONG STDMETHODCALLTYPE Release() noexcept override { return 1; }
};
LeftBehind left_behind;

class FaultyServerSecurity final : public ServerSecurity {
 public:
  explicit FaultyServerSecurity(std::shared_ptr<RpcCall> rpc_call)
      : ServerSecurity(std::move(rpc_call)) {
    if (FaultIs(Fault::kLeakServerCall)) {
      AddRef();
    }
  }

  HRESULT EnterBegin() noexcept override {
    begin_thread_ = GetCurrentThreadId();
    if (FaultIs(Fault::kKeepTokenAfterBegin) && IsLentThread()) {
      // Removes the token that the fault has left here. It was for the rule that the fault breaks,
      // not for the next call.
      CleanThreadOrEndProcess();
    }
    if (FaultIs(Fault::kBeginFails)) {
      return E_OUTOFMEMORY;
    }
    const HRESULT entered = ServerSecurity::EnterBegin();
    if ((FaultIs(Fault::kLeakTokenIntoNextCall) || FaultIs(Fault::kLeakTokenAfterForeignSignal)) &&
        IsLentThread()) {
      PutRememberedToken();
    }
    if (FaultIs(Fault::kNoCallContext)) {
      IUnknown* context = nullptr;
      CoSwitchCallContext(nullptr, &context);
    }
    return entered;
  }

  void LeaveBegin() noexcept override {
    if (IsLentThread()) {
      if (FaultIs(Fault::kRestoreTokenAtBeginReturn)) {
        PutRememberedToken();
      }
      if (FaultIs(Fault::kLeakTokenIntoNextCall) ||
          (FaultIs(Fault::kLeakTokenAfterForeignSignal) && signalled_elsewhere_)) {
        RememberToken();
      }
      if (FaultIs(Fault::kKeepTokenAfterBegin) && signalled_on_begin_thread_) {
        KeepTokenOnce();
      }
    }
    if (FaultIs(Fault::kCloseGateAtBeginReturn)) {
      GetRpcCall()->Close();
    }
    if (ServerSecurity::IsImpersonating()) {
      Impersonating(-1);
    }
    begin_thread_ = 0;
    ServerSecurity::LeaveBegin();
    if (FaultIs(Fault::kKeepCallContext) && IsLentThread()) {
      IUnknown* context = nullptr;
      CoSwitchCallContext(&left_behind, &context);
    }
  }

  void CallSignalled() noexcept override {
    const bool on_begin_thread = IsBeginThread();
    signalled_on_begin_thread_ = on_begin_thread;
    signalled_elsewhere_ = !on_begin_thread;
    if (FaultIs(Fault::kImpersonateAfterSignal) && on_begin_thread) {
      return;
    }
    if (FaultIs(Fault::kImpersonateAfterForeignSignal) && begin_thread_ != 0 && !on_begin_thread) {
      return;
    }
    ServerSecurity::CallSignalled();
    if (FaultIs(Fault::kEmptyDuplicateAtSignal)) {
      EmptyDuplicates();
    }
    if (FaultIs(Fault::kDropTokenAtSignal) && on_begin_thread) {
      std::ignore = TrySetThisThreadToken(nullptr);
    }
    if (FaultIs(Fault::kDropTokenAtForeignSignal) && begin_thread_ != 0 && !on_begin_thread) {
      DropTokenOfBeginThread();
    }
    if (token_on_rpc_thread_.exchange(false)) {
      std::ignore = Guarded([this] {
        SetTokenOfThread(GetRpcCall()->ThreadId(), nullptr);
        return S_OK;
      });
    }
  }

  HRESULT STDMETHODCALLTYPE ImpersonateClient() noexcept override {
    if (FaultIs(Fault::kImpersonateWithoutToken)) {
      return RpcCall::Use(*GetRpcCall()) ? S_OK : RPC_E_CALL_COMPLETE;
    }
    if (FaultIs(Fault::kBindSecurityToThread) && begin_thread_ != 0 && !IsBeginThread()) {
      return RPC_E_WRONG_THREAD;
    }
    const bool first = !ServerSecurity::IsImpersonating();
    const bool bare = TokenOfThisThread().IsAbsent();
    const HRESULT result = ServerSecurity::ImpersonateClient();
    if (FAILED(result)) {
      return result;
    }
    impersonations_ = first ? 1 : impersonations_ + 1;
    if (first) {
      ever_impersonated_ = true;
      replaced_token_ = !bare;
      Impersonating(+1);
    }
    if (FaultIs(Fault::kTokenOnRpcThread)) {
      return Guarded([this] {
        const ThreadToken here = TokenOfThisThread(TOKEN_QUERY | TOKEN_IMPERSONATE);
        SetTokenOfThread(GetRpcCall()->ThreadId(), &here.token);
        token_on_rpc_thread_ = true;
        return S_OK;
      });
    }
    return result;
  }

  HRESULT STDMETHODCALLTYPE RevertToSelf() noexcept override {
    if (FaultIs(Fault::kRevertNothingAfterSignal) && signalled_on_begin_thread_ &&
        IsBeginThread()) {
      return S_OK;
    }
    const bool impersonating = ServerSecurity::IsImpersonating() != FALSE;
    if (impersonating && FaultIs(Fault::kRevertCounts) && !replaced_token_ &&
        --impersonations_ > 0) {
      return S_OK;
    }
    if (impersonating && FaultIs(Fault::kRestoreTokenAtBeginReturn)) {
      RememberToken();
    }
    const HRESULT result = ServerSecurity::RevertToSelf();
    if (FaultIs(Fault::kRevertEverywhere) && begin_thread_ != 0 && !IsBeginThread()) {
      DropTokenOfBeginThread();
    }
    if (impersonating) {
      Impersonating(-1);
      if (FaultIs(Fault::kForgetEarlierToken)) {
        std::ignore = TrySetThisThreadToken(nullptr);
      }
    }
    return result;
  }

  HRESULT STDMETHODCALLTYPE QueryBlanket(DWORD* authn_service, DWORD* authz_service,
                                         OLECHAR** server_principal, DWORD* authn_level,
                                         DWORD* impersonation_level, void** privileges,
                                         DWORD* capabilities) noexcept override {
    if (FaultIs(Fault::kBindBlanketToThread) && begin_thread_ != 0 && !IsBeginThread()) {
      return RPC_E_WRONG_THREAD;
    }
    return ServerSecurity::QueryBlanket(authn_service, authz_service, server_principal, authn_level,
                                        impersonation_level, privileges, capabilities);
  }

  BOOL STDMETHODCALLTYPE IsImpersonating() noexcept override {
    if (FaultIs(Fault::kShareImpersonating)) {
      return impersonating_anywhere > 0;
    }
    if (FaultIs(Fault::kImpersonatingForever)) {
      return ever_impersonated_;
    }
    return ServerSecurity::IsImpersonating();
  }

 private:
  ~FaultyServerSecurity() override { impersonating_anywhere -= impersonating_; }

  bool IsBeginThread() const noexcept { return begin_thread_ == GetCurrentThreadId(); }
  // Returns false if Begin_ runs on the RPC thread. Then no handler acts on the thread, and nobody
  // removes what a fault would put there.
  bool IsLentThread() noexcept { return GetRpcCall()->ThreadId() != GetCurrentThreadId(); }

  void DropTokenOfBeginThread() noexcept {
    std::ignore = Guarded([this] {
      SetTokenOfThread(begin_thread_, nullptr);
      return S_OK;
    });
  }

  void Impersonating(int change) noexcept {
    impersonating_ += change;
    impersonating_anywhere += change;
  }

  std::atomic<DWORD> begin_thread_{0};
  std::atomic<bool> signalled_on_begin_thread_{false};
  std::atomic<bool> signalled_elsewhere_{false};
  std::atomic<bool> ever_impersonated_{false};
  std::atomic<bool> replaced_token_{false};
  std::atomic<bool> token_on_rpc_thread_{false};
  std::atomic<int> impersonations_{0};
  std::atomic<int> impersonating_{0};
};

}  // namespace

void InstallFaultyServerSecurity() noexcept {
  make_server_security.Replace([](std::shared_ptr<RpcCall> rpc_call) {
    return ComPtr<ServerSecurity>(MakeCom<FaultyServerSecurity>(std::move(rpc_call)));
  });
}

}  // namespace async_com
