#pragma once

#include <windows.h>

#include <objbase.h>

namespace async_com {

// The calling thread in the process's multithreaded apartment while this lives. A thread that COM
// already has in another apartment stays there; ours never are.
class MultithreadedApartment {
 public:
  MultithreadedApartment() noexcept : result_(CoInitializeEx(nullptr, COINIT_MULTITHREADED)) {}
  MultithreadedApartment(const MultithreadedApartment&) = delete;
  MultithreadedApartment& operator=(const MultithreadedApartment&) = delete;
  ~MultithreadedApartment() {
    if (SUCCEEDED(result_)) {
      CoUninitialize();
    }
  }

 private:
  HRESULT result_;
};

}  // namespace async_com
