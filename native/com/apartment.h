#pragma once

#include <windows.h>

#include <objbase.h>

namespace async_com {

// Keeps the calling thread in the process's multithreaded apartment while this object lives. A
// thread that is already in another apartment stays in that one. async-com's own threads are never
// in another apartment.
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
