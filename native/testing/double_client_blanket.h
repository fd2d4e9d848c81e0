#pragma once

#include <windows.h>

#include <objbase.h>
#include <objidl.h>

#include <mutex>
#include <string>

#include "com/lock.h"

namespace async_com {

// The blanket of a proxy or of a call object of the double. Any thread may use it.
class DoubleBlanket {
 public:
  DoubleBlanket() = default;
  DoubleBlanket(const DoubleBlanket& other) { *this = other; }
  DoubleBlanket& operator=(const DoubleBlanket& other) noexcept {
    const std::lock_guard lock(other.mutex_);
    service_ = other.service_;
    authorization_ = other.authorization_;
    level_ = other.level_;
    impersonation_ = other.impersonation_;
    capabilities_ = other.capabilities_;
    return *this;
  }
  ~DoubleBlanket() = default;

  HRESULT Query(DWORD* service, DWORD* authorization, OLECHAR** principal, DWORD* level,
                DWORD* impersonation, DWORD* capabilities) noexcept {
    const std::lock_guard lock(mutex_);
    *service = service_;
    *authorization = authorization_;
    *level = level_;
    *impersonation = impersonation_;
    *capabilities = capabilities_;
    if (principal != nullptr) {
      *principal = nullptr;
    }
    return S_OK;
  }

  HRESULT Set(DWORD service, DWORD authorization, DWORD level, DWORD impersonation,
              DWORD capabilities) noexcept {
    const std::lock_guard lock(mutex_);
    service_ = service;
    authorization_ = authorization;
    level_ = level;
    impersonation_ = impersonation;
    capabilities_ = capabilities;
    return S_OK;
  }

  // Describes the blanket, and says whether the calling thread has a token, as JSON.
  std::wstring Describe(bool token) {
    const std::lock_guard lock(mutex_);
    return L"{\"authnLevel\":" + std::to_wstring(level_) + L",\"impersonationLevel\":" +
           std::to_wstring(impersonation_) + L",\"capabilities\":" +
           std::to_wstring(capabilities_) + L",\"token\":" + (token ? L"true" : L"false") + L"}";
  }

 private:
  mutable Lock mutex_;
  DWORD service_ = RPC_C_AUTHN_WINNT;
  DWORD authorization_ = RPC_C_AUTHZ_NONE;
  DWORD level_ = RPC_C_AUTHN_LEVEL_PKT_PRIVACY;
  DWORD impersonation_ = RPC_C_IMP_LEVEL_IDENTIFY;
  DWORD capabilities_ = EOAC_NONE;
};

}  // namespace async_com
