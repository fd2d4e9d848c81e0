#include "com/descriptor.h"

#include <sddl.h>

#include "com/account.h"
#include "com/local_memory.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

LocalMemory<> Parse(const std::wstring& sddl) {
  PSECURITY_DESCRIPTOR relative = nullptr;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1,
                                                            &relative, nullptr)) {
    ThrowLastError("ConvertStringSecurityDescriptorToSecurityDescriptorW",
                   FailureKind::kDescriptor);
  }
  return LocalMemory<>(relative);
}

void RequireDacl(PSECURITY_DESCRIPTOR descriptor) {
  BOOL present = FALSE;
  BOOL defaulted = FALSE;
  PACL dacl = nullptr;
  if (!GetSecurityDescriptorDacl(descriptor, &present, &dacl, &defaulted)) {
    ThrowLastError("GetSecurityDescriptorDacl");
  }
  if (!present || dacl == nullptr) {
    throw Win32Error(ERROR_INVALID_ACL, "GetSecurityDescriptorDacl", FailureKind::kDescriptor);
  }
}

std::vector<BYTE> BytesOfSid(const std::wstring& text) {
  PSID sid = nullptr;
  if (!ConvertStringSidToSidW(text.c_str(), &sid)) {
    ThrowLastError("ConvertStringSidToSidW");
  }
  const LocalMemory<> owned(sid);
  std::vector<BYTE> bytes(GetLengthSid(sid));
  if (!CopySid(static_cast<DWORD>(bytes.size()), bytes.data(), sid)) {
    ThrowLastError("CopySid");
  }
  return bytes;
}

}  // namespace

Descriptor::Descriptor(const std::wstring& sddl) {
  const LocalMemory<> relative = Parse(sddl);
  RequireDacl(relative.get());
  DWORD sizes[kParts] = {};
  MakeAbsoluteSD(relative.get(), nullptr, &sizes[kHead], nullptr, &sizes[kDacl], nullptr,
                 &sizes[kSacl], nullptr, &sizes[kOwner], nullptr, &sizes[kGroup]);
  for (int part = 0; part < kParts; ++part) {
    parts_[part].resize(sizes[part]);
  }
  if (!MakeAbsoluteSD(
          relative.get(), Get(), &sizes[kHead], reinterpret_cast<PACL>(parts_[kDacl].data()),
          &sizes[kDacl], reinterpret_cast<PACL>(parts_[kSacl].data()), &sizes[kSacl],
          parts_[kOwner].data(), &sizes[kOwner], parts_[kGroup].data(), &sizes[kGroup])) {
    ThrowLastError("MakeAbsoluteSD");
  }
  if (parts_[kOwner].empty()) {
    parts_[kOwner] = BytesOfSid(AccountOfThisProcess());
    if (!SetSecurityDescriptorOwner(Get(), parts_[kOwner].data(), FALSE)) {
      ThrowLastError("SetSecurityDescriptorOwner");
    }
  }
  if (parts_[kGroup].empty()) {
    parts_[kGroup] = BytesOfSid(AccountOfThisProcess());
    if (!SetSecurityDescriptorGroup(Get(), parts_[kGroup].data(), FALSE)) {
      ThrowLastError("SetSecurityDescriptorGroup");
    }
  }
}

}  // namespace async_com
