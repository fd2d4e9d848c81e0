#include "com/security.h"

#include <windows.h>

#include <objbase.h>
#include <sddl.h>

#include <memory>
#include <string>
#include <vector>

#include "com/win32_error.h"
#include "security/token_description.h"

namespace async_com {

namespace {

struct LocalFreer {
  void operator()(void* memory) const noexcept { LocalFree(memory); }
};
using LocalMemory = std::unique_ptr<void, LocalFreer>;

// CoInitializeSecurity wants an absolute descriptor with an owner and a group.
class AbsoluteDescriptor {
 public:
  explicit AbsoluteDescriptor(const std::wstring& sddl) {
    PSECURITY_DESCRIPTOR relative = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1,
                                                              &relative, nullptr)) {
      ThrowLastError("ConvertStringSecurityDescriptorToSecurityDescriptorW");
    }
    const LocalMemory owned(relative);
    DWORD sizes[5] = {};
    MakeAbsoluteSD(relative, nullptr, &sizes[0], nullptr, &sizes[1], nullptr, &sizes[2], nullptr,
                   &sizes[3], nullptr, &sizes[4]);
    for (int part = 0; part < 5; ++part) {
      parts_[part].resize(sizes[part]);
    }
    if (!MakeAbsoluteSD(relative, parts_[0].data(), &sizes[0],
                        reinterpret_cast<PACL>(parts_[1].data()), &sizes[1],
                        reinterpret_cast<PACL>(parts_[2].data()), &sizes[2], parts_[3].data(),
                        &sizes[3], parts_[4].data(), &sizes[4])) {
      ThrowLastError("MakeAbsoluteSD");
    }
  }

  PSECURITY_DESCRIPTOR Get() noexcept { return parts_[0].data(); }

 private:
  std::vector<BYTE> parts_[5];  // descriptor, DACL, SACL, owner, group
};

}  // namespace

void InitializeProcessSecurity() {
  const std::wstring account = Describe(Token::OpenProcess(), Detail::kBrief).user.sid;
  // 0x3 is COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL.
  AbsoluteDescriptor access(L"O:" + account + L"G:" + account + L"D:(A;;0x3;;;" + account +
                            L")(A;;0x3;;;SY)(A;;0x3;;;BA)");
  const HRESULT result =
      CoInitializeSecurity(access.Get(), -1, nullptr, nullptr, RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
                           RPC_C_IMP_LEVEL_IDENTIFY, nullptr, EOAC_NO_CUSTOM_MARSHAL, nullptr);
  if (result != RPC_E_TOO_LATE) {
    ThrowIfFailed(result, "CoInitializeSecurity");
  }
}

}  // namespace async_com
