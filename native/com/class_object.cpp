#include "com/class_object.h"

#include <utility>

#include "com/entry.h"
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

}  // namespace

HRESULT ClassRegistration::Register(const CLSID& clsid, CreateObject create) {
  const auto class_object = MakeCom<ClassObject>(std::move(create));
  DWORD cookie = 0;
  const HRESULT result = CoRegisterClassObject(clsid, class_object.Get(), CLSCTX_LOCAL_SERVER,
                                               REGCLS_MULTIPLEUSE, &cookie);
  if (SUCCEEDED(result)) {
    const std::lock_guard lock(mutex_);
    cookie_ = cookie;
  }
  return result;
}

HRESULT ClassRegistration::Revoke() noexcept {
  DWORD cookie = 0;
  {
    const std::lock_guard lock(mutex_);
    cookie = std::exchange(cookie_, 0);
  }
  return cookie == 0 ? S_OK : CoRevokeClassObject(cookie);
}

}  // namespace async_com
