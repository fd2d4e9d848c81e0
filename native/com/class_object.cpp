#include "com/class_object.h"

#include <cstring>
#include <set>
#include <utility>

#include "com/entry.h"
#include "com/lock.h"
#include "com/object.h"

namespace async_com {

namespace {

class ClassObject final : public ComObject<IClassFactory> {
 public:
  ClassObject(CreateObject create, LockProcess lock)
      : create_(std::move(create)), lock_(std::move(lock)) {}

  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid,
                                           void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    *object = nullptr;
    if (outer != nullptr) {
      return CLASS_E_NOAGGREGATION;
    }
    return Guarded([&] { return create_(iid, object); });
  }

  // If COM did not start the process, a lock has no effect: the process decides itself when it
  // ends.
  HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) noexcept override {
    if (!lock_) {
      return S_OK;
    }
    return Guarded([&] { return lock_(lock != FALSE); });
  }

 private:
  const CreateObject create_;
  const LockProcess lock_;
};

// The classes that this process has registered. COM accepts a class twice, but hosts differ in
// which of the two class objects a client gets, and in whether the second is still there when the
// first has been revoked. So a process may register a class only once.
class HostedClasses {
 public:
  // Never destroyed, because threads of COM outlive static destruction at process exit.
  static HostedClasses& OfProcess() {
    static auto& classes = *new HostedClasses;
    return classes;
  }

  // Returns false if the class was already there.
  bool Add(const CLSID& clsid) {
    const std::lock_guard lock(mutex_);
    return classes_.insert(clsid).second;
  }

  void Remove(const CLSID& clsid) noexcept {
    const std::lock_guard lock(mutex_);
    classes_.erase(clsid);
  }

 private:
  struct ByBytes {
    bool operator()(const CLSID& left, const CLSID& right) const noexcept {
      return std::memcmp(&left, &right, sizeof left) < 0;
    }
  };

  Lock mutex_;
  std::set<CLSID, ByBytes> classes_;
};

}  // namespace

ComPtr<IClassFactory> MakeClassObject(CreateObject create, LockProcess lock) {
  return MakeCom<ClassObject>(std::move(create), std::move(lock));
}

HRESULT ClassRegistration::Register(const CLSID& clsid, CreateObject create) {
  const auto class_object = MakeClassObject(std::move(create));
  return Register(clsid, class_object.Get(), REGCLS_MULTIPLEUSE);
}

HRESULT ClassRegistration::RegisterSuspended(const CLSID& clsid, CreateObject create,
                                             LockProcess lock) {
  const ComPtr<IUnknown> class_object = MakeClassObject(std::move(create), std::move(lock));
  const HRESULT locked = CoLockObjectExternal(class_object.Get(), TRUE, FALSE);
  if (FAILED(locked)) {
    return locked;
  }
  const HRESULT result = Register(clsid, class_object.Get(), REGCLS_MULTIPLEUSE | REGCLS_SUSPENDED);
  if (FAILED(result)) {
    CoLockObjectExternal(class_object.Get(), FALSE, TRUE);
    return result;
  }
  const std::lock_guard guard(mutex_);
  kept_ = class_object;
  return result;
}

HRESULT ClassRegistration::Register(const CLSID& clsid, IUnknown* class_object, DWORD flags) {
  if (!HostedClasses::OfProcess().Add(clsid)) {
    return CO_E_OBJISREG;
  }
  DWORD cookie = 0;
  const HRESULT result =
      CoRegisterClassObject(clsid, class_object, CLSCTX_LOCAL_SERVER, flags, &cookie);
  if (FAILED(result)) {
    HostedClasses::OfProcess().Remove(clsid);
    return result;
  }
  const std::lock_guard lock(mutex_);
  clsid_ = clsid;
  cookie_ = cookie;
  return result;
}

HRESULT ClassRegistration::Revoke() noexcept {
  DWORD cookie = 0;
  {
    const std::lock_guard lock(mutex_);
    cookie = std::exchange(cookie_, 0);
  }
  if (cookie == 0) {
    return S_OK;
  }
  const HRESULT result = CoRevokeClassObject(cookie);
  HostedClasses::OfProcess().Remove(clsid_);
  return result;
}

void ClassRegistration::Disconnect() noexcept {
  Revoke();
  ComPtr<IUnknown> kept;
  {
    const std::lock_guard lock(mutex_);
    kept.Swap(kept_);
  }
  if (kept != nullptr) {
    CoLockObjectExternal(kept.Get(), FALSE, TRUE);
    CoDisconnectObject(kept.Get(), 0);
  }
}

}  // namespace async_com
