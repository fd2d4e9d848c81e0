#include "testing/apartment_call.h"

#include <objbase.h>
#include <objidl.h>

#include <thread>

#include "com/com_ptr.h"
#include "idl/generated/method_call.h"
#include "value/call_result.h"

namespace async_com {

namespace {

ApartmentCall Call(const std::wstring& clsid, const std::wstring& method) {
  ApartmentCall seen;
  const auto failed = [&seen](const wchar_t* step, HRESULT result) {
    seen.result = result;
    if (FAILED(result)) {
      seen.failed = step;
    }
    return FAILED(result);
  };
  CLSID id{};
  ComPtr<IMethodCall> object;
  ComPtr<ICallFactory> factory;
  if (failed(L"CLSIDFromString", CLSIDFromString(clsid.c_str(), &id)) ||
      failed(L"CoCreateInstance",
             CoCreateInstance(id, nullptr, CLSCTX_LOCAL_SERVER, IID_PPV_ARGS(&object)))) {
    return seen;
  }
  seen.has_call_factory = SUCCEEDED(object.As(&factory));
  if (!seen.has_call_factory) {
    return seen;
  }
  ComPtr<IUnknown> call;
  ComPtr<AsyncIMethodCall> asynchronous;
  Variant value;
  CallError error{};
  const Bstr name(method);
  if (failed(L"CreateCall",
             factory->CreateCall(IID_AsyncIMethodCall, nullptr, IID_IUnknown, &call)) ||
      failed(L"QueryInterface", call.As(&asynchronous)) ||
      failed(L"Begin_Call", asynchronous->Begin_Call(name.Get(), nullptr, nullptr)) ||
      failed(L"Finish_Call", asynchronous->Finish_Call(value.Put(), &error))) {
    return seen;
  }
  const CallResult result = CallResult::FromOuts(seen.result, std::move(value), error);
  if (result.value.Get().vt == VT_BSTR) {
    seen.text = result.value.Get().bstrVal;
  }
  return seen;
}

}  // namespace

ApartmentCall CallFromApartment(const std::wstring& clsid, const std::wstring& method) {
  ApartmentCall seen;
  std::thread([&] {
    seen.result = CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    if (SUCCEEDED(seen.result)) {
      seen = Call(clsid, method);
      CoUninitialize();
    }
  }).join();
  return seen;
}

}  // namespace async_com
