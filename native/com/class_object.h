#pragma once

#include <windows.h>

#include <objbase.h>

#include <functional>
#include <mutex>

#include "com/lock.h"
#include "com/ref_count.h"

namespace async_com {

// Makes an object for a client. Any thread of the multithreaded apartment.
using CreateObject = std::function<HRESULT(REFIID iid, void** object)>;

// A class object of its own, which COM does not know.
ComPtr<IClassFactory> MakeClassObject(CreateObject create);

// A class object that COM hands to clients in other processes, from Register to Revoke.
class ClassRegistration {
 public:
  ClassRegistration() = default;
  ClassRegistration(const ClassRegistration&) = delete;
  ClassRegistration& operator=(const ClassRegistration&) = delete;

  // In the multithreaded apartment. CO_E_OBJISREG where this process hands out the class already.
  HRESULT Register(const CLSID& clsid, CreateObject create);
  // In the multithreaded apartment; at most once has an effect.
  HRESULT Revoke() noexcept;

 private:
  Lock mutex_;
  CLSID clsid_{};
  DWORD cookie_ = 0;
};

}  // namespace async_com
