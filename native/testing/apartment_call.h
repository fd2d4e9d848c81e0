#pragma once

#include <windows.h>

#include <string>

namespace async_com {

// What a client in a single-threaded apartment saw of an asynchronous call to a class of its own
// process.
struct ApartmentCall {
  bool has_call_factory = false;  // whether its proxy has ICallFactory
  std::wstring failed;            // the step that failed; empty if none has
  HRESULT result = S_OK;          // what the last step returned
  std::wstring text;              // the result of the call
};

// For tests: calls the method of the class, which must return a string, in COM's steps. Runs on a
// new thread. A proxy without ICallFactory is not called.
ApartmentCall CallFromApartment(const std::wstring& clsid, const std::wstring& method);

}  // namespace async_com
