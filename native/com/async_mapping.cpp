#include "com/async_mapping.h"

#include <windows.h>

#include <objbase.h>

#include <string>

#include "com/win32_error.h"
#include "idl/generated/method_call.h"

namespace async_com {

namespace {

constexpr wchar_t kAsynchronous[] = L"\\AsynchronousInterface";
constexpr wchar_t kSynchronous[] = L"\\SynchronousInterface";

std::wstring TextOf(const GUID& guid) {
  wchar_t text[39] = {};
  StringFromGUID2(guid, text, 39);
  return text;
}

std::wstring InterfaceKey(const IID& iid) { return L"Interface\\" + TextOf(iid); }

std::wstring UserKey(const IID& iid) { return L"Software\\Classes\\" + InterfaceKey(iid); }

void Write(const std::wstring& key, const std::wstring& value) {
  const LSTATUS status =
      RegSetKeyValueW(HKEY_CURRENT_USER, key.c_str(), nullptr, REG_SZ, value.c_str(),
                      static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
  if (status != ERROR_SUCCESS) {
    throw Win32Error(static_cast<DWORD>(status), "RegSetKeyValueW");
  }
}

void Remove(const IID& iid, const wchar_t* mapping) {
  const std::wstring key = UserKey(iid);
  const LSTATUS status = RegDeleteKeyW(HKEY_CURRENT_USER, (key + mapping).c_str());
  if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND) {
    throw Win32Error(static_cast<DWORD>(status), "RegDeleteKeyW");
  }
  // Fails, as it should, when somebody else keeps something there.
  RegDeleteKeyW(HKEY_CURRENT_USER, key.c_str());
}

bool HasMapping() {
  wchar_t text[39] = {};
  DWORD bytes = sizeof text;
  return RegGetValueW(HKEY_CLASSES_ROOT, (InterfaceKey(IID_IMethodCall) + kAsynchronous).c_str(),
                      nullptr, RRF_RT_REG_SZ, nullptr, text, &bytes) == ERROR_SUCCESS;
}

}  // namespace

bool AddAsyncMapping() {
  if (HasMapping()) {
    return false;
  }
  Write(UserKey(IID_IMethodCall) + kAsynchronous, TextOf(IID_AsyncIMethodCall));
  Write(UserKey(IID_AsyncIMethodCall) + kSynchronous, TextOf(IID_IMethodCall));
  return true;
}

void RemoveAsyncMapping() {
  Remove(IID_IMethodCall, kAsynchronous);
  Remove(IID_AsyncIMethodCall, kSynchronous);
}

}  // namespace async_com
