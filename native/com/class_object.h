#pragma once

#include <windows.h>

#include <objbase.h>

#include <functional>
#include <mutex>

#include "com/com_ptr.h"
#include "com/handle.h"
#include "com/lock.h"

namespace async_com {

// Creates an object for a client. Any thread of the multithreaded apartment may call it.
using CreateObject = std::function<HRESULT(REFIID iid, void** object)>;

// Handles IClassFactory::LockServer. Any thread of the multithreaded apartment may call it.
using LockProcess = std::function<HRESULT(bool lock)>;

// Creates a class object that is not registered with COM. Without `lock`, LockServer does nothing.
ComPtr<IClassFactory> MakeClassObject(CreateObject create, LockProcess lock = nullptr);

// The registration of a class object, which COM hands to clients in other processes from Register
// to Revoke. Each Server owns one.
class ClassRegistration {
 public:
  ClassRegistration() = default;
  ClassRegistration(const ClassRegistration&) = delete;
  ClassRegistration& operator=(const ClassRegistration&) = delete;

  // Must be called on a thread of the multithreaded apartment. Returns CO_E_OBJISREG if this
  // process has already registered the class, also with another copy of the addon.
  HRESULT Register(const CLSID& clsid, CreateObject create);
  // Does the same in a process that COM has started. Clients do not get the class before
  // CoResumeClassObjects. A client that was given the class object shortly before Revoke can still
  // use it until Disconnect.
  HRESULT RegisterSuspended(const CLSID& clsid, CreateObject create, LockProcess lock);
  // Must be called on a thread of the multithreaded apartment. Has an effect at most once.
  HRESULT Revoke() noexcept;
  // Revokes the class object. After RegisterSuspended it also disconnects the clients that still
  // have the class object. Has an effect at most once.
  void Disconnect() noexcept;

 private:
  HRESULT Register(const CLSID& clsid, IUnknown* class_object, DWORD flags);

  Lock mutex_;
  UniqueHandle taken_;
  DWORD cookie_ = 0;
  ComPtr<IUnknown> kept_;
};

}  // namespace async_com
