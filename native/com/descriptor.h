#pragma once

#include <windows.h>

#include <string>
#include <vector>

namespace async_com {

// A security descriptor made from SDDL text. It is in the absolute form and has an owner and a
// group, because COM and access checks require both. If the text names no owner or no group, this
// process's account takes that place.
// https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format
class Descriptor {
 public:
  // Throws Win32Error if the text is not a valid descriptor (ERROR_INVALID_ACL and similar codes),
  // or if it has no DACL (ERROR_INVALID_ACL). A descriptor without a DACL would give access to
  // everybody.
  explicit Descriptor(const std::wstring& sddl);
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  PSECURITY_DESCRIPTOR Get() noexcept { return parts_[kHead].data(); }

 private:
  enum Part { kHead, kDacl, kSacl, kOwner, kGroup, kParts };

  std::vector<BYTE> parts_[kParts];
};

}  // namespace async_com
