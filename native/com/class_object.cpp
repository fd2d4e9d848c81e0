#include "com/class_object.h"

#include <array>
#include <string>
#include <utility>

#include "com/entry.h"
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

// Takes a class for this process. COM accepts a class twice, but hosts differ in which of the two
// class objects a client gets, and in whether the second is still there when the first has been
// revoked. So a process may register a class only once. Other copies of the addon in this process
// see the kernel object, too. Returns CO_E_OBJISREG if the class is taken.
HRESULT TakeClass(const CLSID& clsid, UniqueHandle& taken) {
  std::array<wchar_t, 39> text{};  // the length of a GUID in braces, with its null character
  if (StringFromGUID2(clsid, text.data(), static_cast<int>(text.size())) == 0) {
    return E_UNEXPECTED;
  }
  const std::wstring name = L"Local\\async-com class " + std::wstring(text.data()) +
                            L" of process " + std::to_wstring(GetCurrentProcessId());
  *taken.Put() = CreateEventW(nullptr, TRUE, FALSE, name.c_str());
  const DWORD error = GetLastError();
  if (!taken) {
    return HRESULT_FROM_WIN32(error);
  }
  return error == ERROR_ALREADY_EXISTS ? CO_E_OBJISREG : S_OK;
}

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
  UniqueHandle taken;
  const HRESULT took = Guarded([&] { return TakeClass(clsid, taken); });
  if (FAILED(took)) {
    return took;
  }
  DWORD cookie = 0;
  const HRESULT result =
      CoRegisterClassObject(clsid, class_object, CLSCTX_LOCAL_SERVER, flags, &cookie);
  if (FAILED(result)) {
    return result;
  }
  const std::lock_guard lock(mutex_);
  taken_ = std::move(taken);
  cookie_ = cookie;
  return result;
}

HRESULT ClassRegistration::Revoke() noexcept {
  DWORD cookie = 0;
  UniqueHandle taken;  // closed when COM no longer has the class object
  {
    const std::lock_guard lock(mutex_);
    cookie = std::exchange(cookie_, 0);
    taken = std::move(taken_);
  }
  return cookie == 0 ? S_OK : CoRevokeClassObject(cookie);
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
