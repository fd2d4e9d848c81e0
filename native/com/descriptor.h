#pragma once

#include <windows.h>

#include <string>
#include <vector>

namespace async_com {

// A security descriptor from its text (SDDL), in the absolute form and with the owner and the group
// that COM and access checks want. Where the text names none, both are this process's account.
// https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format
class Descriptor {
 public:
  // Throws Win32Error: ERROR_INVALID_ACL and its like for a text that is none, and for one without
  // a DACL, which would let everybody in.
  explicit Descriptor(const std::wstring& sddl);
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  PSECURITY_DESCRIPTOR Get() noexcept { return parts_[kHead].data(); }

 private:
  enum Part { kHead, kDacl, kSacl, kOwner, kGroup, kParts };

  std::vector<BYTE> parts_[kParts];
};

}  // namespace async_com
