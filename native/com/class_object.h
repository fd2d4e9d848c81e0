#pragma once

#include <windows.h>

#include <objbase.h>

#include <functional>
#include <mutex>

#include "com/com_ptr.h"
#include "com/lock.h"

namespace async_com {

// Makes an object for a client. Any thread of the multithreaded apartment.
using CreateObject = std::function<HRESULT(REFIID iid, void** object)>;

// IClassFactory::LockServer. Any thread of the multithreaded apartment.
using LockProcess = std::function<HRESULT(bool lock)>;

// A class object of its own, which COM does not know. Without `lock`, LockServer does nothing.
ComPtr<IClassFactory> MakeClassObject(CreateObject create, LockProcess lock = nullptr);

// A class object that COM hands to clients in other processes, from Register to Revoke.
class ClassRegistration {
 public:
  ClassRegistration() = default;
  ClassRegistration(const ClassRegistration&) = delete;
  ClassRegistration& operator=(const ClassRegistration&) = delete;

  // In the multithreaded apartment. CO_E_OBJISREG where this process hands out the class already.
  HRESULT Register(const CLSID& clsid, CreateObject create);
  // The same in a process that COM has started: nobody gets the class before CoResumeClassObjects,
  // and a client that was given it shortly before Revoke can still use it until Disconnect.
  HRESULT RegisterSuspended(const CLSID& clsid, CreateObject create, LockProcess lock);
  // In the multithreaded apartment; at most once has an effect.
  HRESULT Revoke() noexcept;
  // That, and cuts off who has the class object. At most once has an effect.
  void Disconnect() noexcept;

 private:
  HRESULT Register(const CLSID& clsid, IUnknown* class_object, DWORD flags);

  Lock mutex_;
  CLSID clsid_{};
  DWORD cookie_ = 0;
  ComPtr<IUnknown> kept_;
};

}  // namespace async_com
