#include "com/class_object.h"

#include <cstring>
#include <set>
#include <utility>

#include "com/entry.h"
#include "com/lock.h"
#include "com/ref_count.h"

namespace async_com {

namespace {

class ClassObject final : public IClassFactory {
 public:
  explicit ClassObject(CreateObject create) : create_(std::move(create)) {}
  ClassObject(const ClassObject&) = delete;
  ClassObject& operator=(const ClassObject&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) noexcept override {
    if (object == nullptr) {
      return E_POINTER;
    }
    if (iid == IID_IUnknown || iid == IID_IClassFactory) {
      *object = this;
      AddRef();
      return S_OK;
    }
    *object = nullptr;
    return E_NOINTERFACE;
  }

  ULONG STDMETHODCALLTYPE AddRef() noexcept override { return references_.Increment(); }

  ULONG STDMETHODCALLTYPE Release() noexcept override {
    const ULONG left = references_.Decrement();
    if (left == 0) {
      delete this;
    }
    return left;
  }

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

  // The process's own lifetime decides: it is a Node process, not a server that COM started.
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) noexcept override { return S_OK; }

 private:
  ~ClassObject() = default;

  const CreateObject create_;
  RefCount references_;
};

// COM takes a class twice. Which of the two a client then gets, and whether the second is there
// when the first has gone, is not the same on every host: here a process hands out a class once.
class HostedClasses {
 public:
  // Never destroyed: threads of COM outlive static destruction at process exit.
  static HostedClasses& OfProcess() {
    static auto& classes = *new HostedClasses;
    return classes;
  }

  // False when it was there already.
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

ComPtr<IClassFactory> MakeClassObject(CreateObject create) {
  return MakeCom<ClassObject>(std::move(create));
}

HRESULT ClassRegistration::Register(const CLSID& clsid, CreateObject create) {
  const auto class_object = MakeClassObject(std::move(create));
  if (!HostedClasses::OfProcess().Add(clsid)) {
    return CO_E_OBJISREG;
  }
  DWORD cookie = 0;
  const HRESULT result = CoRegisterClassObject(clsid, class_object.Get(), CLSCTX_LOCAL_SERVER,
                                               REGCLS_MULTIPLEUSE, &cookie);
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

}  // namespace async_com
